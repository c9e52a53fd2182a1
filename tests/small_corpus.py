"""A corpus small enough to read: a decision and a plan of one province that rest on one resolution (not held)."""

from __future__ import annotations

from graph.records import (
    AgencyRecord,
    AgencyRef,
    Corpus,
    DateStatement,
    DocumentRecord,
    DutyRecord,
    LinkRecord,
    MentionRecord,
    TargetRecord,
    TaskRecord,
    UnresolvedRecord,
)
from ingest.records import Deadline, Evidence, Heading, Origin, Source

ID = "https://w3id.org/cancu/id/"
DECISION = ID + "vn/hung-yen/qd-ubnd/2025/719"  # held, 27 August 2025: the province's new life
PLAN = ID + "vn/hung-yen/kh-ubnd/2025/102"  # held, 19 May 2025: the life before 1 July
RESOLUTION = ID + "vn/trung-uong/nq-tw/2024/57"  # cited only

TEXTS = {
    "719-qd-ubnd.txt": """\
ỦY BAN NHÂN DÂN TỈNH HƯNG YÊN
Số: 719/QĐ-UBND | Hưng Yên, ngày 27 tháng 8 năm 2025
QUYẾT ĐỊNH
Ban hành Chương trình phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số giai đoạn 2025-2030
Căn cứ Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về đột phá phát triển khoa học, công nghệ;
Căn cứ Kế hoạch số 102/KH-UBND ngày 19/5/2025 của Ủy ban nhân dân tỉnh thực hiện Nghị quyết số 57-NQ/TW;
TM. ỦY BAN NHÂN DÂN
Nguyễn Hùng Nam
(Kèm theo Quyết định số /QĐ-UBND ngày tháng 8 năm 2025 của UBND tỉnh Hưng Yên)
III. TỔ CHỨC THỰC HIỆN
1. Sở Khoa học và Công nghệ
Báo cáo UBND tỉnh kết quả thực hiện trước ngày 10 tháng cuối Quý.
PHỤ LỤC II
TT | Mã | Tên nhiệm vụ | Nội dung | Chủ trì | Phối hợp | Thời gian | Kinh phí
1 | CQS1.1 | Phát triển hạ tầng | Nâng cấp Trung tâm dữ liệu | Sở KH&CN | Văn phòng UBND tỉnh | 2025 -2030 | Ngân sách
2 | | | Tiếp tục triển khai thực hiện Kế hoạch số 102/KH-UBND | Các sở, ban, ngành | | Hàng năm |
Nơi nhận: Lưu: VT.
""",
    "102-kh-ubnd.txt": """\
ỦY BAN NHÂN DÂN TỈNH HƯNG YÊN
Số: 102/KH-UBND
Hưng Yên, ngày 19 tháng 5 năm 2025
KẾ HOẠCH
Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị
Đến năm 2030, đóng góp của năng suất nhân tố tổng hợp (TFP) vào tăng trưởng ở mức 1,2%-1,5%.
1. Triển khai ứng dụng "trí tuệ nhân tạo" trong cơ quan; Văn phòng UBND tỉnh chủ trì, hoàn thành trong tháng 9/2026.
""",
}
FILE_OF = {DECISION: "719-qd-ubnd.txt", PLAN: "102-kh-ubnd.txt"}
TITLE = "Ban hành Chương trình phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số giai đoạn 2025-2030"
ANNEX_2 = Heading("Phụ lục II", "")


def quote(document: str, words: str, after: str = "") -> Source:
    """The first place where `words` stand behind `after`: quote(PLAN, "102/KH-UBND")."""
    text = TEXTS[FILE_OF[document]]
    start = text.index(words, text.index(after))
    return Source(FILE_OF[document], text.count("\n", 0, start) + 1, start, start + len(words), words)


def stated(document: str, words: str, after: str = "") -> Evidence:
    """A value that is printed at its own place."""
    return Evidence(quote(document, words, after))


def inherited(document: str, words: str, after: str = "") -> Evidence:
    """A value that a merged cell hands down."""
    return Evidence(quote(document, words, after), Origin.INHERITED)


def agency(slug: str, name: str, as_written: str, life: str = "hung-yen") -> AgencyRef:
    """One agency of the province: agency("van-phong-ubnd-tinh", "Văn phòng UBND tỉnh", "VP UBND tỉnh")."""
    return AgencyRef(name, as_written, f"{ID}agency/{life}/{slug}", collective=False)


def documents() -> tuple[DocumentRecord, ...]:
    """The plan, the decision, and the resolution that both only cite."""
    plan = DocumentRecord(
        id=PLAN, held=True, file="102-kh-ubnd.txt", original="102.txt", type="Kế hoạch", number="102/KH-UBND",
        number_from="printed", date="2025-05-19", issuer="UBND tỉnh Hưng Yên", jurisdiction="hung-yen",
        title="Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị", signer=None, period=None,
        sha256="a" * 64,
        dates=(
            DateStatement("2025-05-19", PLAN, quote(PLAN, "ngày 19 tháng 5 năm 2025")),
            DateStatement("2025-05-19", DECISION, quote(DECISION, "Kế hoạch số 102/KH-UBND ngày 19/5/2025")),
        ),
        aliases=(),
        evidence={
            "type": stated(PLAN, "KẾ HOẠCH"),
            "number": stated(PLAN, "102/KH-UBND"),
            "date": stated(PLAN, "ngày 19 tháng 5 năm 2025"),
            "issuer": stated(PLAN, "ỦY BAN NHÂN DÂN TỈNH HƯNG YÊN"),
            "title": stated(PLAN, "Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị"),
        },
        source=quote(PLAN, "Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị"),
    )  # fmt: skip
    decision = DocumentRecord(
        id=DECISION, held=True, file="719-qd-ubnd.txt", original="719.txt", type="Quyết định", number="719/QĐ-UBND",
        number_from="printed", date="2025-08-27", issuer="UBND tỉnh Hưng Yên", jurisdiction="hung-yen",
        title=TITLE, signer="Nguyễn Hùng Nam", period="2025-2030", sha256="b" * 64,
        dates=(DateStatement("2025-08-27", DECISION, quote(DECISION, "ngày 27 tháng 8 năm 2025")),),
        aliases=(ID + "vn/hung-yen/qd-ubnd/2025-08/chua-ro-so-bbbbbbbb",),
        evidence={
            "type": stated(DECISION, "QUYẾT ĐỊNH"),
            "number": stated(DECISION, "719/QĐ-UBND"),
            "date": stated(DECISION, "ngày 27 tháng 8 năm 2025"),
            "issuer": stated(DECISION, "ỦY BAN NHÂN DÂN TỈNH HƯNG YÊN"),
            "title": stated(DECISION, TITLE),
            "signer": stated(DECISION, "Nguyễn Hùng Nam"),
            "period": stated(DECISION, "giai đoạn 2025-2030"),
        },
        source=quote(DECISION, TITLE),
    )  # fmt: skip
    mention = "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị"
    resolution = DocumentRecord(
        id=RESOLUTION, held=False, file=None, original=None, type="Nghị quyết", number="57-NQ/TW",
        number_from="printed", date="2024-12-22", issuer="Bộ Chính trị", jurisdiction="trung-uong",
        title="về đột phá phát triển khoa học, công nghệ", signer=None, period=None, sha256=None,
        dates=(
            DateStatement("2024-12-22", PLAN, quote(PLAN, mention)),
            DateStatement("2024-12-22", DECISION, quote(DECISION, mention)),
        ),
        aliases=(),
        evidence={"title": stated(DECISION, "về đột phá phát triển khoa học, công nghệ")},
        source=quote(PLAN, mention),
    )  # fmt: skip
    return plan, decision, resolution


def tasks() -> tuple[TaskRecord, ...]:
    """One task in prose, one whole table row, and one row that inherits its code and name from the row above."""
    first, second = "Nâng cấp Trung tâm dữ liệu", "Tiếp tục triển khai thực hiện Kế hoạch số 102/KH-UBND"
    prose = 'Triển khai ứng dụng "trí tuệ nhân tạo" trong cơ quan'
    in_prose = TaskRecord(
        id=PLAN + "/muc/1", kind="task", document=PLAN, file="102-kh-ubnd.txt", annex=None, number="1", code=None,
        name=None, text=prose, section=(), form="prose",
        lead=(agency("van-phong-ubnd-tinh", "Văn phòng UBND tỉnh", "Văn phòng UBND tỉnh", "hung-yen-truoc-2025"),),
        coordinating=(),
        deadline=Deadline(
            "by", end="2026-09", raw="tháng 9/2026", earliest="2026-09-01", latest="2026-09-30",
            active_to="2026-09-30",
        ),
        output=None, funding=None, topics=("tri-tue-nhan-tao",), cites=(), origin={"text": "stated", "lead": "stated"},
        evidence={
            "number": stated(PLAN, "1", "\n1. Triển"),
            "text": stated(PLAN, prose),
            "lead": stated(PLAN, "Văn phòng UBND tỉnh"),
            "deadline": stated(PLAN, "tháng 9/2026"),
        },
        source=quote(PLAN, prose),
    )  # fmt: skip
    whole_row = TaskRecord(
        id=DECISION + "/phu-luc/2/muc/1", kind="task", document=DECISION, file="719-qd-ubnd.txt", annex="II",
        number="1", code="CQS1.1", name="Phát triển hạ tầng", text=first, section=(ANNEX_2,), form="table",
        lead=(agency("so-khoa-hoc-va-cong-nghe", "Sở Khoa học và Công nghệ", "Sở KH&CN"),),
        coordinating=(agency("van-phong-ubnd-tinh", "Văn phòng UBND tỉnh", "Văn phòng UBND tỉnh"),),
        deadline=Deadline(
            "period", "2025", "2030", raw="2025 -2030", earliest="2030-01-01", latest="2030-12-31",
            active_from="2025-01-01", active_to="2030-12-31",
        ),
        output=None, funding="Ngân sách", topics=("trung-tam-du-lieu",), cites=(),
        origin={"text": "stated", "lead": "stated"},
        evidence={
            "number": stated(DECISION, "1", "\n1 | CQS1.1"),
            "code": stated(DECISION, "CQS1.1"),
            "name": stated(DECISION, "Phát triển hạ tầng"),
            "text": stated(DECISION, first),
            "lead": stated(DECISION, "Sở KH&CN"),
            "coordinating": stated(DECISION, "Văn phòng UBND tỉnh"),
            "deadline": stated(DECISION, "2025 -2030"),
            "funding": stated(DECISION, "Ngân sách"),
        },
        source=quote(DECISION, first),
    )  # fmt: skip
    inheriting = TaskRecord(
        id=DECISION + "/phu-luc/2/muc/2", kind="task", document=DECISION, file="719-qd-ubnd.txt", annex="II",
        number="2", code="CQS1.1", name="Phát triển hạ tầng", text=second, section=(ANNEX_2,), form="table",
        lead=(AgencyRef("Các sở, ban, ngành", "Các sở, ban, ngành", None, collective=True),), coordinating=(),
        deadline=Deadline("recurring", recurrence="yearly", raw="Hàng năm"),
        output=None, funding=None, topics=(), cites=(PLAN,), origin={"code": "inherited", "name": "inherited"},
        evidence={
            "number": stated(DECISION, "2", "\n2 | |"),
            "code": inherited(DECISION, "CQS1.1"),
            "name": inherited(DECISION, "Phát triển hạ tầng"),
            "text": stated(DECISION, second),
            "lead": Evidence(
                quote(DECISION, "Các sở, ban, ngành"), Origin.ASSUMED, "cột chủ trì, ô kế bên trống",
                ("Các sở, ban, ngành", "Sở Khoa học và Công nghệ"),
            ),
            "deadline": stated(DECISION, "Hàng năm"),
        },
        source=quote(DECISION, second),
    )  # fmt: skip
    return in_prose, whole_row, inheriting


def duties() -> tuple[DutyRecord, ...]:
    """The reporting duty of one department."""
    text = "Báo cáo UBND tỉnh kết quả thực hiện trước ngày 10 tháng cuối Quý."
    return (
        DutyRecord(
            id=DECISION + "/muc/iii/1/them-1/so-khoa-hoc-va-cong-nghe", kind="duty", document=DECISION,
            file="719-qd-ubnd.txt", annex=None, number=None, code=None, name=None, text=text,
            section=(Heading("III", "TỔ CHỨC THỰC HIỆN"), Heading("1", "Sở Khoa học và Công nghệ")), form="prose",
            role="report", lead=(agency("so-khoa-hoc-va-cong-nghe", "Sở Khoa học và Công nghệ",
                                        "Sở Khoa học và Công nghệ"),),
            coordinating=(), report_to=(agency("ubnd-tinh", "UBND tỉnh", "UBND tỉnh"),),
            deadline=Deadline("recurring", recurrence="quarterly", due="quarter-last-month-10",
                              raw="trước ngày 10 tháng cuối Quý"),
            output=None, funding=None, topics=(), cites=(), origin={"lead": "stated"},
            evidence={
                "text": stated(DECISION, text),
                "lead": stated(DECISION, "Sở Khoa học và Công nghệ"),
                "report_to": stated(DECISION, "UBND tỉnh", "Báo cáo"),
                "deadline": stated(DECISION, "trước ngày 10 tháng cuối Quý"),
            },
            source=quote(DECISION, text),
        ),
    )  # fmt: skip


def targets() -> tuple[TargetRecord, ...]:
    """A range to be reached by a year."""
    figure = "ở mức 1,2%-1,5%"
    indicator = "đóng góp của năng suất nhân tố tổng hợp (TFP) vào tăng trưởng"
    return (
        TargetRecord(
            id=PLAN + "/phan/0/chi-tieu-1", document=PLAN, file="102-kh-ubnd.txt", indicator=indicator,
            comparator="range", value=(1.2, 1.5), unit="%", year=2030, baseline=None,
            evidence={
                "indicator": stated(PLAN, indicator),
                "value": stated(PLAN, figure),
                "year": stated(PLAN, "Đến năm 2030"),
            },
            source=quote(PLAN, f"Đến năm 2030, {indicator} {figure}"),
        ),
    )  # fmt: skip


def mentions() -> tuple[MentionRecord, ...]:
    """Every place where the two texts name a document; one leaves its number blank."""

    def mention(citing: str, n: int, number: str | None, type_: str, date: str | None, issuer: str | None,
                target: str | None, region: str, source: Source) -> MentionRecord:  # fmt: skip
        unresolved = None if target else "number left blank in the source"
        return MentionRecord(
            f"{citing}/vien-dan/{n}", citing, FILE_OF[citing], number, type_, date, issuer, None, target,
            unresolved, region, source,
        )  # fmt: skip

    nq, kh, blank = "Nghị quyết số 57-NQ/TW", "Kế hoạch số 102/KH-UBND", "Quyết định số /QĐ-UBND"
    return (
        mention(PLAN, 1, "57-NQ/TW", "Nghị quyết", "2024-12-22", "Bộ Chính trị", RESOLUTION, "recital",
                quote(PLAN, f"{nq} ngày 22/12/2024 của Bộ Chính trị")),
        mention(DECISION, 1, "57-NQ/TW", "Nghị quyết", "2024-12-22", "Bộ Chính trị", RESOLUTION, "recital",
                quote(DECISION, f"{nq} ngày 22/12/2024 của Bộ Chính trị")),
        mention(DECISION, 2, "102/KH-UBND", "Kế hoạch", "2025-05-19", "Ủy ban nhân dân tỉnh", PLAN, "recital",
                quote(DECISION, f"{kh} ngày 19/5/2025 của Ủy ban nhân dân tỉnh")),
        mention(DECISION, 3, "57-NQ/TW", "Nghị quyết", None, None, RESOLUTION, "recital",
                quote(DECISION, nq, "thực hiện Nghị quyết")),
        mention(DECISION, 4, None, "Quyết định", "2025-08", "UBND tỉnh Hưng Yên", None, "body",
                quote(DECISION, f"{blank} ngày tháng 8 năm 2025 của UBND tỉnh Hưng Yên")),
        mention(DECISION, 5, "102/KH-UBND", "Kế hoạch", None, None, PLAN, "table", quote(DECISION, kh, "Tiếp tục")),
    )  # fmt: skip


def links() -> tuple[LinkRecord, ...]:
    """Two legal bases, one plan that carries a resolution out, and one relation that a single task states."""
    numbers = {DECISION: "719/QĐ-UBND", PLAN: "102/KH-UBND", RESOLUTION: "57-NQ/TW"}

    def link(n: int, start: str, end: str, relation: str, source: Source, stated_in: str,
             stated_by: str | None = None) -> LinkRecord:  # fmt: skip
        return LinkRecord(
            f"{stated_in}/lien-ket/{n}", start, end, numbers[start], numbers[end], relation, stated_in, stated_by,
            source,
        )  # fmt: skip

    nq, kh = "Nghị quyết số 57-NQ/TW", "Kế hoạch số 102/KH-UBND"
    task_words = f"Tiếp tục triển khai thực hiện {kh}"
    return (
        link(1, PLAN, RESOLUTION, "implements", quote(PLAN, f"Thực hiện {nq}"), PLAN),
        link(1, DECISION, RESOLUTION, "legal_basis", quote(DECISION, f"Căn cứ {nq}"), DECISION),
        link(2, DECISION, PLAN, "legal_basis", quote(DECISION, f"Căn cứ {kh}"), DECISION),
        link(3, PLAN, RESOLUTION, "implements", quote(DECISION, f"thực hiện {nq}"), DECISION),
        link(4, DECISION, PLAN, "implements", quote(DECISION, task_words), DECISION, f"{DECISION}/phu-luc/2/muc/2"),
    )  # fmt: skip


def agencies() -> tuple[AgencyRecord, ...]:
    """The bodies of both lives of the province, and the one above it."""

    def record(life: str, slug: str, name: str, type_: str | None, level: str, *written: str) -> AgencyRecord:
        kind = "agency" if type_ else "collective"
        return AgencyRecord(f"{ID}{kind}/{life}/{slug}", name, type_, level, life, type_ is None, written)

    records = (
        record("hung-yen", "so-khoa-hoc-va-cong-nghe", "Sở Khoa học và Công nghệ", "so-khoa-hoc-va-cong-nghe",
               "province", "Sở KH&CN", "Sở Khoa học và Công nghệ"),
        record("hung-yen", "ubnd-tinh", "UBND tỉnh", "ubnd-tinh", "province", "UBND tỉnh", "UBND tỉnh Hưng Yên"),
        record("hung-yen", "van-phong-ubnd-tinh", "Văn phòng UBND tỉnh", "van-phong-ubnd-tinh", "province",
               "Văn phòng UBND tỉnh"),
        record("hung-yen-truoc-2025", "ubnd-tinh", "UBND tỉnh", "ubnd-tinh", "province", "UBND tỉnh Hưng Yên"),
        record("hung-yen-truoc-2025", "van-phong-ubnd-tinh", "Văn phòng UBND tỉnh", "van-phong-ubnd-tinh", "province",
               "Văn phòng UBND tỉnh"),
        record("trung-uong", "bo-chinh-tri", "Bộ Chính trị", "bo-chinh-tri", "central", "Bộ Chính trị"),
        record("hung-yen", "cac-so-ban-nganh", "Các sở, ban, ngành", None, "province", "Các sở, ban, ngành"),
    )  # fmt: skip
    return tuple(sorted(records, key=lambda each: each.id))


def unresolved() -> tuple[UnresolvedRecord, ...]:
    """The caption whose number was left blank."""
    source = quote(DECISION, "Quyết định số /QĐ-UBND ngày tháng 8 năm 2025 của UBND tỉnh Hưng Yên")
    return (
        UnresolvedRecord(
            f"{DECISION}/chua-ro/1", "mention", DECISION, "719-qd-ubnd.txt", "Quyết định số /QĐ-UBND",
            "number left blank in the source", (DECISION,), source,
        ),
    )  # fmt: skip


def small_corpus() -> Corpus:
    """The whole of it, each kind sorted by id."""
    return Corpus(
        documents=documents(),
        tasks=tasks(),
        duties=duties(),
        targets=targets(),
        mentions=mentions(),
        links=links(),
        agencies=agencies(),
        unresolved=unresolved(),
    )
