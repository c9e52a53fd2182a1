"""Bodies are split where the page separates them and never inside a name."""

from __future__ import annotations

import pytest

from ingest.bodies import find_bodies, names_bodies
from tests.texts import source_of


@pytest.mark.parametrize(
    ("cell", "bodies"),
    [
        pytest.param("Sở Văn hóa, Thể thao và Du lịch", ["Sở Văn hóa, Thể thao và Du lịch"], id="comma-and-va-inside"),
        pytest.param(
            "Sở Lao động, Thương binh và Xã hội", ["Sở Lao động - Thương binh và Xã hội"], id="comma-for-a-hyphen"
        ),
        pytest.param(
            "Sở Nông nghiệp và Môi trường và Sở Xây dựng",
            ["Sở Nông nghiệp và Môi trường", "Sở Xây dựng"],
            id="va-inside-and-va-between",
        ),
        pytest.param(
            "Sở Tài chính, Sở Khoa học và Công nghệ, Ủy ban nhân dân các huyện, thành phố; các cơ quan đơn vị "
            "liên quan",
            ["Sở Tài chính", "Sở Khoa học và Công nghệ", "UBND các huyện, thành phố", "Các cơ quan, đơn vị liên quan"],
            id="commas-between-and-inside",
        ),
        pytest.param(
            "Sở Nội vụ, Công an tỉnh và các tổ chức, cá nhân liên quan",
            ["Sở Nội vụ", "Công an tỉnh", "Các tổ chức, cá nhân liên quan"],
            id="a-collective-at-the-end",
        ),
        pytest.param(
            "Sở KHCN Sở TTTT", ["Sở Khoa học và Công nghệ", "Sở Thông tin và Truyền thông"], id="no-separator"
        ),
        pytest.param("- Sở Y tế\n- Sở Tài chính", ["Sở Y tế", "Sở Tài chính"], id="a-list-in-a-cell"),
        pytest.param("Sở Nông nghiệp\nvà PTNT", ["Sở Nông nghiệp và Phát triển nông thôn"], id="a-line-break-inside"),
        pytest.param(
            "Các sở, ngành;\nUBND các\nhuyện, thành phố",
            ["Các sở, ngành", "UBND các huyện, thành phố"],
            id="line-breaks",
        ),
        pytest.param(
            "Sở TT&TT; Sở GD&ĐT", ["Sở Thông tin và Truyền thông", "Sở Giáo dục và Đào tạo"], id="short-names"
        ),
        pytest.param("Công An tỉnh", ["Công an tỉnh"], id="misprint-capital"),
        pytest.param(
            "Phòng VH-XH, Phòng Kinh tế, Hạ tầng và Đô thị; Văn phòng HĐND và UBND",
            ["Phòng Văn hóa - Xã hội", "Phòng Kinh tế, Hạ tầng và Đô thị", "Văn phòng HĐND và UBND cấp xã"],
            id="offices-of-a-commune",
        ),
        pytest.param("Phòng Kinh tế xã Văn Giang", ["Phòng Kinh tế xã Văn Giang"], id="office-with-its-commune"),
        pytest.param("Phòng Kinh tế\nSở Y tế", ["Phòng Kinh tế", "Sở Y tế"], id="a-line-break-before-the-next-body"),
        pytest.param("Phòng Kinh tế Hợp tác", ["Phòng Kinh tế Hợp tác"], id="a-longer-office"),
        pytest.param(
            "Trung tâm Chuyển đổi số - Sở Khoa học và Công nghệ; Sở Y tế",
            ["Trung tâm Chuyển đổi số tỉnh", "Sở Y tế"],
            id="a-unit-and-its-department-by-a-dash",
        ),
        pytest.param(
            "Trung tâm Kiểm soát bệnh tật thuộc Sở Y tế, Sở Tài chính",
            ["Trung tâm Kiểm soát bệnh tật tỉnh", "Sở Tài chính"],
            id="a-unit-and-its-department-by-thuoc",
        ),
        pytest.param(
            "Phòng Quản lý công nghệ, Sở Khoa học và Công nghệ; Sở Y tế",
            ["Phòng Quản lý công nghệ, Sở Khoa học và Công nghệ", "Sở Y tế"],
            id="an-office-and-its-department-by-a-comma",
        ),
        pytest.param(
            "Cục Chuyển đổi số quốc gia, Bộ Tài chính",
            ["Cục Chuyển đổi số quốc gia", "Bộ Tài chính"],
            id="a-comma-behind-anything-else-is-a-list",
        ),
        pytest.param("Sở Y tế - Sở Tài chính", ["Sở Y tế", "Sở Tài chính"], id="two-of-one-rank-by-a-dash"),
        pytest.param(
            "các sở, ngành (Y tế, Giáo dục và Đào tạo, Tài chính); UBND cấp xã",
            ["Các sở, ngành", "Sở Y tế", "Sở Giáo dục và Đào tạo", "Sở Tài chính", "UBND cấp xã"],
            id="members-behind-a-collective",
        ),
        pytest.param(
            "Các doanh nghiệp viễn thông (VNPT, Viettel)",
            ["Các doanh nghiệp viễn thông", "VNPT", "Viettel"],
            id="enterprises-behind-a-collective",
        ),
        pytest.param(
            "Các bộ (gồm: Tài chính, Nội vụ)", ["Các bộ", "Bộ Tài chính", "Bộ Nội vụ"], id="members-behind-gom"
        ),
        pytest.param("Các sở, ngành (trừ Sở Y tế, Sở Nội vụ)", ["Các sở, ngành"], id="who-is-left-out-is-no-member"),
        pytest.param(
            "Sở, ban ngành, UBND các xã, phương", ["Các sở, ban, ngành", "UBND các xã, phường"], id="misprint-tone"
        ),
        pytest.param("Các tổ chức, cà nhân liên quan", ["Các tổ chức, cá nhân liên quan"], id="misprint-of-persons"),
        pytest.param("Báo và Phát thành, truyền hình Hưng Yên", ["Báo và Phát thanh, truyền hình tỉnh"], id="misprint"),
        pytest.param("Uỷ ban nhân dân tỉnh", ["UBND tỉnh"], id="other-spelling-of-committee"),
        pytest.param("Văn phòng UBND tỉnh", ["Văn phòng UBND tỉnh"], id="an-office-is-not-its-committee"),
        pytest.param(
            "Ban Quản lý các khu công nghiệp tỉnh/Ban Quản lý Khu kinh tế",
            ["Ban Quản lý các khu công nghiệp tỉnh", "Ban Quản lý Khu kinh tế tỉnh"],
            id="two-boards-joined-by-a-slash",
        ),
        pytest.param(
            "Ban Quản lý Khu kinh tế và các khu công nghiệp",
            ["Ban Quản lý Khu kinh tế và các khu công nghiệp tỉnh"],
            id="one-board-of-two-things",
        ),
        pytest.param(
            "Trường Đại học Tân Trào, Trường Cao đẳng nghề Kỹ thuật - Công nghệ",
            ["Trường Đại học Tân Trào", "Trường Cao đẳng nghề Kỹ thuật - Công nghệ"],
            id="names-that-no-list-knows",
        ),
        pytest.param(
            "Trung tâm Xúc tiến đầu tư, Hỗ trợ doanh nghiệp và Phát triển công nghiệp",
            ["Trung tâm Xúc tiến đầu tư, Hỗ trợ doanh nghiệp và Phát triển công nghiệp"],
            id="a-longer-name-than-the-known-one",
        ),
        pytest.param(
            "Mặt trận Tổ quốc Việt Nam tỉnh và các đoàn thể",
            ["Ủy ban MTTQ Việt Nam tỉnh", "Các đoàn thể"],
            id="the-front-and-the-rest",
        ),
        pytest.param(
            "Tỉnh đoàn, Hội Liên hiệp Phụ nữ tỉnh, Hội Nông dân tỉnh",
            ["Tỉnh đoàn", "Hội Liên hiệp Phụ nữ tỉnh", "Hội Nông dân tỉnh"],
            id="mass-organizations",
        ),
        pytest.param("Các Sở: Tài chính, Nội vụ", ["Sở Tài chính", "Sở Nội vụ"], id="the-head-said-once"),
        pytest.param("Sở Tài chính, Nội vụ, Y tế", ["Sở Tài chính", "Sở Nội vụ", "Sở Y tế"], id="head-of-the-first"),
        pytest.param("Giám đốc các Sở: Y tế, Nội vụ", ["Sở Y tế", "Sở Nội vụ"], id="heads-said-once"),
        pytest.param("Hội Cựu chiến binh, Tỉnh đoàn", ["Hội Cựu chiến binh tỉnh", "Tỉnh đoàn"], id="no-place"),
        pytest.param("VNPT, Viettel, MobiFone", ["VNPT", "Viettel", "MobiFone"], id="names-of-companies"),
        pytest.param("1. Sở Y tế\n2. Sở Nội vụ", ["Sở Y tế", "Sở Nội vụ"], id="numbers-in-a-cell"),
        pytest.param("UBND thành phố Thủ Đức", ["UBND thành phố Thủ Đức"], id="a-city-below-a-province"),
        pytest.param(
            "UBND xã Văn Giang, UBND phường Hòa Cường",
            ["UBND xã Văn Giang", "UBND phường Hòa Cường"],
            id="two-committees-of-communes",
        ),
        pytest.param("UBND 102 xã, phường", ["UBND các xã, phường"], id="a-number-of-committees"),
        pytest.param(
            "Các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ",
            ["Các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ"],
            id="one-collective-of-the-centre",
        ),
        pytest.param("Các doanh nghiệp viễn thông", ["Các doanh nghiệp viễn thông"], id="a-qualifier-is-kept"),
        pytest.param("Khu kinh tế", ["Ban Quản lý Khu kinh tế tỉnh"], id="short-name-alone"),
        pytest.param("Khu kinh tế mở Chu Lai", ["Khu kinh tế mở Chu Lai"], id="short-name-inside-another"),
        pytest.param(
            "ĐHQG Hà Nội, ĐHQG TP. Hồ Chí Minh, Tập đoàn Viettel, VCCI",
            [
                "Đại học Quốc gia Hà Nội",
                "Đại học Quốc gia Thành phố Hồ Chí Minh",
                "Viettel",
                "Liên đoàn Thương mại và Công nghiệp Việt Nam",
            ],
            id="bodies-of-the-centre",
        ),
        pytest.param(
            "Hội Doanh nhân trẻ Việt Nam; Hội Nông dân Việt Nam tỉnh; Hội Chữ thập đỏ",
            ["Hội Doanh nhân trẻ Việt Nam", "Hội Nông dân tỉnh", "Hội Chữ thập đỏ tỉnh"],
            id="the-one-of-the-country-is-not-the-one-of-the-province",
        ),
        pytest.param(
            "VNPT Lâm Đồng, Viettel tỉnh, Viettel Post",
            ["VNPT tỉnh", "Viettel tỉnh", "Viettel Post"],
            id="branches-of-a-company-and-another-company",
        ),
        pytest.param(
            "Kho bạc Nhà nước Khu vực XI, Hải quan khu vực V; NHNN chi nhánh Khu vực 9",
            ["Kho bạc Nhà nước khu vực", "Chi cục Hải quan khu vực", "Ngân hàng Nhà nước chi nhánh Khu vực"],
            id="regions-have-numbers",
        ),
        pytest.param(
            "Ban Nội chính Tỉnh ủy, Đảng ủy các cơ quan Đảng",
            ["Ban Nội chính Tỉnh ủy", "Đảng ủy các cơ quan Đảng tỉnh"],
            id="a-name-that-ends-in-its-place-is-over",
        ),
        pytest.param(
            "Ban TGDV Tỉnh ủy, Đảng ủy các xã biên giới",
            ["Ban Tuyên giáo và Dân vận Tỉnh ủy", "Đảng ủy các xã biên giới"],
            id="a-short-name-is-not-generic",
        ),
        pytest.param(
            "Sở NN&MT, Cảnh sát môi trường", ["Sở Nông nghiệp và Môi trường", "Cảnh sát môi trường"], id="short-is-over"
        ),
        pytest.param(
            "Công an tỉnh (PC06, PA05); Sở Tư pháp", ["Công an tỉnh", "Sở Tư pháp"], id="departments-in-brackets"
        ),
        pytest.param(
            "Các Cục: Thủy lợi, Lâm nghiệp và Kiểm lâm",
            ["Cục Thủy lợi", "Cục Lâm nghiệp và Kiểm lâm"],
            id="a-list-of-strangers-under-one-head",
        ),
        pytest.param("Các Cục, Vụ, đơn vị thuộc Bộ", ["Các cục, vụ, đơn vị thuộc Bộ"], id="units-of-a-ministry"),
        pytest.param(
            "UBND các xã, phường, đặc khu Phú Quốc, Thổ Châu; Đảng ủy các xã, phường; Trung tâm Y tế các xã, phường",
            ["UBND các xã, phường, đặc khu", "Đảng ủy các xã, phường", "Trung tâm Y tế các xã, phường"],
            id="one-body-at-each-place",
        ),
        pytest.param(
            "các bộ, cơ quan ngang bộ, UBND các tỉnh, TP trực thuộc TW",
            ["Các bộ, cơ quan ngang bộ", "UBND các tỉnh, thành phố trực thuộc trung ương"],
            id="short-city",
        ),
        pytest.param(
            "Sở Tài chính các tỉnh, thành phố trực thuộc trung ương",
            ["Sở Tài chính các tỉnh, thành phố trực thuộc trung ương"],
            id="departments-of-all-provinces",
        ),
        pytest.param(
            "Trường Cao đẳng Công nghệ thông tin Hữu nghị Việt - Hàn",
            ["Trường Cao đẳng Công nghệ thông tin Hữu nghị Việt - Hàn"],
            id="one-college-is-not-colleges",
        ),
        pytest.param(
            "Các sở, ban, ngành, đoàn thể thành phố; các tổ chức CT-XH",
            ["Các sở, ban, ngành, đoàn thể", "Các tổ chức chính trị - xã hội"],
            id="mass-organisations-of-a-city",
        ),
        pytest.param(
            "Văn phòng HĐND và UBND xã Hòa Vang", ["Văn phòng HĐND và UBND xã Hòa Vang"], id="one-office-of-a-commune"
        ),
        pytest.param("", [], id="empty"),
        pytest.param(" ; , ", [], id="only-separators"),
    ],
)
def test_bodies_of_a_cell(cell: str, bodies: list[str]) -> None:
    source = source_of(cell)
    found = find_bodies(source, 0, len(cell))
    assert [body.name for body in found] == bodies
    assert [body.as_written for body in found] == [" ".join(body.source.quote.split()) for body in found]


@pytest.mark.parametrize(
    ("cell", "type_", "collective"),
    [
        pytest.param("Sở Y tế", "so-y-te", False, id="agency"),
        pytest.param("SỞ Y TẾ", "so-y-te", False, id="capitals"),
        pytest.param("UBND tỉnh Hưng Yên", "ubnd-tinh", False, id="with-its-province"),
        pytest.param("Chủ tịch UBND tỉnh", "chu-tich-ubnd-tinh", False, id="the-chair-is-not-the-committee"),
        pytest.param("Công ty Nước sạch Hưng Yên", None, False, id="an-agency-that-no-list-knows"),
        pytest.param("VNPT Đà Nẵng", "vnpt-tinh", False, id="company"),
        pytest.param("Vụ Pháp chế", None, False, id="a-department-of-a-ministry"),
        pytest.param("Trạm Y tế xã", None, True, id="a-station-of-any-commune"),
        pytest.param("Giám đốc Sở Y tế", "so-y-te", False, id="a-director-is-his-department"),
        pytest.param("UBND xã Văn Giang", "ubnd-cap-xa", False, id="one-commune"),
        pytest.param("UBND các tỉnh, thành phố", None, True, id="provinces"),
        pytest.param("Người dân", None, True, id="people"),
        pytest.param("Các sở, ban, ngành", None, True, id="collective"),
        pytest.param("UBND cấp xã", None, True, id="committees-of-a-level"),
        pytest.param("Thủ trưởng các sở, ban, ngành", None, True, id="heads-of-collectives"),
        pytest.param("Các doanh nghiệp đóng trên địa bàn tỉnh", None, True, id="enterprises-of-a-place"),
    ],
)
def test_collectives_are_nobody_in_particular(cell: str, type_: str | None, collective: bool) -> None:
    [body] = find_bodies(source_of(cell), 0, len(cell))
    assert (body.type, body.collective) == (type_, collective)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        pytest.param("Sở Y tế; các sở, ban, ngành", (True, False), id="bodies"),
        pytest.param("Các sở, ban, ngành; UBND cấp xã", (True, True), id="only-collectives"),
        pytest.param("Số hóa hồ sơ", (False, False), id="so-with-another-tone"),
        pytest.param("Triển khai trung tâm dữ liệu tại các sở", (False, False), id="a-task-that-names-bodies"),
        pytest.param("2025-2030", (False, False), id="period"),
        pytest.param("Ngân sách địa phương", (False, False), id="money"),
        pytest.param("", (False, False), id="empty"),
        pytest.param(
            "Sở Y tế chủ trì xây dựng cơ sở dữ liệu dùng chung về y tế, bảo đảm kết nối với trục liên thông của tỉnh",
            (False, False),
            id="a-sentence-that-begins-with-a-body",
        ),
    ],
)
def test_whether_a_cell_is_a_list_of_bodies(text: str, answer: tuple[bool, bool]) -> None:
    assert names_bodies(text) == answer
