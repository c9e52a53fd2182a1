"""The records of all plans become one corpus in the names of the contract; nothing is dropped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from graph import iri
from graph.agencies import AgencyRegister
from graph.describe import describe_identity, describe_named
from graph.identities import Identity
from graph.records import (
    AgencyRef,
    Corpus,
    DocumentRecord,
    DutyRecord,
    LinkRecord,
    MentionRecord,
    PartRecord,
    TargetRecord,
    TaskRecord,
    UnresolvedRecord,
)
from graph.resolution import Resolution
from ingest.records import AROUND, Body, Duty, Evidence, Extraction, Mention, Part, Relation, Source, Task

_ATTACHED = frozenset({"annex", "attached"})
_SHOWN = _ATTACHED | {"section", "paragraph"}  # parts that have a place in the graph
_Speaker = tuple[str, str | None]  # jurisdiction and date of the document that names a body
_Cited = tuple[str, Source]  # a document that an item names, and where
_Row = tuple[str, str, Relation, str | None, Source]  # from, to, relation, task, source


def resolve_corpus(extractions: Sequence[Extraction], originals: Mapping[str, str]) -> Corpus:
    """All records of a build; `originals` gives the name that a file came under, where it is known."""
    ordered = sorted(extractions, key=lambda extraction: extraction.file)
    corpus = _Corpus(Resolution(ordered))
    corpus.describe(originals)
    for extraction in ordered:
        corpus.add(extraction)
    return corpus.finish()


@dataclass(slots=True)
class _Corpus:
    """Gathers the records of the contract while the plans are gone through one by one."""

    resolution: Resolution
    agencies: AgencyRegister = field(default_factory=AgencyRegister)
    documents: list[DocumentRecord] = field(default_factory=list)
    tasks: list[TaskRecord] = field(default_factory=list)
    duties: list[DutyRecord] = field(default_factory=list)
    target_records: list[TargetRecord] = field(default_factory=list)
    mentions: list[MentionRecord] = field(default_factory=list)
    links: list[LinkRecord] = field(default_factory=list)
    unresolved: list[UnresolvedRecord] = field(default_factory=list)
    parts: list[PartRecord] = field(default_factory=list)

    def describe(self, originals: Mapping[str, str]) -> None:
        """The record of every document, held or only cited; whoever passed it is an agency."""
        index = self.resolution.index
        settled = {file: identity.id for file, identity in index.held.items()}
        for identity in index.identities.values():
            self.documents.append(describe_identity(identity, settled, originals))
            self.agencies.add_issuer(self.documents[-1])
        self.documents += [describe_named(named) for named in self.resolution.named.all()]

    # --- one plan -----------------------------------------------------------------------------------------------

    def add(self, extraction: Extraction) -> None:
        """Turn the records of one plan into those of the contract."""
        document = self.resolution.index.held[extraction.file]
        named: list[_Cited] = []
        for number, mention in enumerate(extraction.mentions, start=1):
            self._add_mention(document.id, number, extraction, mention)
            target = self.resolution.target(mention)
            if target and target != document.id:
                named.append((target, mention.source))
        self._add_links(document, extraction)
        self.parts += [_part(document.id, extraction.file, part) for part in extraction.parts if part.kind in _SHOWN]
        speaker = (document.jurisdiction, extraction.document.date)
        for task in extraction.tasks:
            self.tasks.append(self._task(document.id, extraction.file, task, speaker, _inside(task.source, named)))
        for duty in extraction.duties:
            self.duties.append(self._duty(document.id, extraction.file, duty, speaker, _inside(duty.source, named)))
        self.target_records += [
            TargetRecord(
                iri.item_iri(document.id, target.address),
                document.id,
                extraction.file,
                target.indicator,
                target.comparator,
                target.value,
                target.unit,
                target.year,
                target.baseline,
                target.evidence,
                target.source,
            )
            for target in extraction.targets
        ]

    def _add_mention(self, citing: str, number: int, extraction: Extraction, mention: Mention) -> None:
        target = self.resolution.target(mention)
        reason, candidates = self.resolution.reason(mention)
        record = MentionRecord(
            id=iri.mention_iri(citing, number),
            citing=citing,
            file=extraction.file,
            number=self.resolution.number(mention),
            type=mention.type,
            date=mention.date,
            issuer=mention.issuer,
            title=mention.title,
            target=target,
            unresolved=None if target else reason,
            region=mention.region.value,
            source=mention.source,
        )
        self.mentions.append(record)
        if target is None:
            cut_short = mention.number and mention.symbol is None
            printed = mention.number or mention.symbol or mention.title
            what = mention.source.quote if cut_short or not printed else printed
            self.unresolved.append(
                UnresolvedRecord(
                    iri.unresolved_iri(citing, number),
                    "mention",
                    citing,
                    extraction.file,
                    what,
                    reason,
                    candidates,
                    mention.source,
                )
            )

    def _add_links(self, document: Identity, extraction: Extraction) -> None:
        rows = [*self._stated(document, extraction), *self._attached(document, extraction.parts)]
        for number, (subject, to, relation, task, source) in enumerate(rows, start=1):
            self.links.append(
                LinkRecord(
                    id=iri.link_iri(document.id, number),
                    from_=subject,
                    to=to,
                    from_number=None,
                    to_number=None,
                    relation=relation.value,
                    stated_in=document.id,
                    stated_by=iri.item_iri(document.id, task) if task else None,
                    source=source,
                )
            )

    def _stated(self, document: Identity, extraction: Extraction) -> Iterator[_Row]:
        """Relations between documents that are known; a document has none to itself."""
        for stated in extraction.relations:
            subject = document.id if stated.subject < 0 else self.resolution.target(extraction.mentions[stated.subject])
            to = self.resolution.target(extraction.mentions[stated.object])
            if subject and to and subject != to:
                yield subject, to, stated.relation, stated.task, stated.source

    def _attached(self, document: Identity, parts: Sequence[Part]) -> Iterator[_Row]:
        """An annex, or a programme behind its decision, goes with the document."""
        for part in parts:
            if part.kind in _ATTACHED:
                source = part.caption or part.source
                yield iri.item_iri(document.id, part.address), document.id, Relation.PROMULGATED_WITH, None, source

    # --- items --------------------------------------------------------------------------------------------------

    def _task(self, document: str, file: str, task: Task, speaker: _Speaker, cites: Sequence[_Cited]) -> TaskRecord:
        evidence = _with_citations(task.evidence, task.source, cites)
        return TaskRecord(
            id=iri.item_iri(document, task.address),
            kind="task",
            document=document,
            file=file,
            annex=task.annex,
            number=task.number,
            code=task.code,
            name=task.name,
            text=task.text,
            section=task.section,
            form=task.form,
            lead=self._refs(task.lead, speaker),
            coordinating=self._refs(task.coordinating, speaker),
            deadline=task.deadline,
            output=task.output,
            funding=task.funding,
            topics=task.topics,
            tags=task.tags,
            cites=tuple(sorted({target for target, _ in cites})),
            origin=_origins(evidence),
            evidence=evidence,
            source=task.source,
        )

    def _duty(self, document: str, file: str, duty: Duty, speaker: _Speaker, cites: Sequence[_Cited]) -> DutyRecord:
        evidence = _with_citations(duty.evidence, duty.source, cites)
        return DutyRecord(
            id=iri.item_iri(document, duty.address),
            kind="duty",
            document=document,
            file=file,
            annex=None,
            number=None,
            code=None,
            name=None,
            text=duty.text,
            section=duty.section,
            form="prose",
            role=duty.role,
            lead=self._refs(duty.lead, speaker),
            coordinating=self._refs(duty.coordinating, speaker),
            report_to=self._refs(duty.report_to, speaker),
            deadline=duty.deadline,
            output=None,
            funding=None,
            topics=duty.topics,
            tags=duty.tags,
            cites=tuple(sorted({target for target, _ in cites})),
            origin=_origins(evidence),
            evidence=evidence,
            source=duty.source,
        )

    def _refs(self, bodies: Sequence[Body], speaker: _Speaker) -> tuple[AgencyRef, ...]:
        return tuple(
            AgencyRef(body.name, body.as_written, None if body.collective else agency, body.collective)
            for body in bodies
            for agency in (self.agencies.add(body, *speaker),)
        )

    def finish(self) -> Corpus:
        """Everything, sorted by id, with the numbers that links show."""
        numbers = {document.id: document.number for document in self.documents}
        links = [_with_numbers(link, numbers) for link in self.links]
        self.unresolved += [conflict for d in self.documents for conflict in _conflicts(d)]
        return Corpus(
            documents=tuple(sorted(self.documents, key=lambda d: d.id)),
            tasks=tuple(sorted(self.tasks, key=lambda t: t.id)),
            duties=tuple(sorted(self.duties, key=lambda d: d.id)),
            targets=tuple(sorted(self.target_records, key=lambda t: t.id)),
            mentions=tuple(sorted(self.mentions, key=lambda m: m.id)),
            links=tuple(sorted(links, key=lambda link: link.id)),
            agencies=tuple(self.agencies.records()),
            unresolved=tuple(sorted(self.unresolved, key=lambda u: u.id)),
            parts=tuple(sorted(self.parts, key=lambda p: p.id)),
        )


def _inside(source: Source, named: Sequence[_Cited]) -> list[_Cited]:
    """The documents that are named within a place."""
    return [(target, place) for target, place in named if source.start <= place.start and place.end <= source.end]


def _part(document: str, file: str, part: Part) -> PartRecord:
    made = iri.item_iri(document, part.address)
    title, text = ("", part.title) if part.kind == "paragraph" else (part.title, None)
    return PartRecord(made, document, file, part.kind, part.label, title, text, part.path, part.source)


def _with_citations(
    evidence: Mapping[str, Evidence], source: Source, cites: Sequence[_Cited]
) -> Mapping[str, Evidence]:
    """The evidence of an item with the words in which it names documents: from the first to the last of them."""
    if not cites:
        return evidence
    start, end = min(place.start for _, place in cites), max(place.end for _, place in cites)
    quote = source.quote[start - source.start : end - source.start]
    line = source.line + source.quote[: start - source.start].count("\n")
    return dict(sorted({**evidence, "cites": Evidence(Source(source.file, line, start, end, quote))}.items()))


def _origins(evidence: Mapping[str, Evidence]) -> dict[str, str]:
    return {name: found.origin.value for name, found in sorted(evidence.items()) if name != AROUND}


def _with_numbers(link: LinkRecord, numbers: Mapping[str, str | None]) -> LinkRecord:
    return replace(link, from_number=numbers.get(link.from_), to_number=numbers.get(link.to))


def _conflicts(document: DocumentRecord) -> Iterator[UnresolvedRecord]:
    """Texts that give one document different dates, the one it is not filed under reported with its source."""
    full = {said.date for said in document.dates if len(said.date) == len("2025-01-01")}
    if len(full) < 2:
        return
    others = sorted((said for said in document.dates if said.date in full), key=lambda s: (s.date, s.stated_in))
    for number, said in enumerate((said for said in others if said.date != document.date), start=1):
        yield UnresolvedRecord(
            iri.unresolved_iri(document.id, number),
            "date-conflict",
            said.stated_in,
            said.source.file,
            document.number or document.title or document.id,
            f"dated {said.date} here and {document.date} elsewhere",
            tuple(sorted(full)),
            said.source,
        )
