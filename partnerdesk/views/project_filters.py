"""The shipped views of the list of projects and the filters it offers."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication

from partnerdesk.domain.office import SavedView
from partnerdesk.views.filters import FilterSpec, country_options, horizon_options, term_options, yes_no_options
from partnerdesk.views.kit.picker import Option


def project_views() -> Sequence[SavedView]:
    """The shipped views of the list of projects."""
    def tr(source: str) -> str:
        return QCoreApplication.translate("ProjectsPage", source)

    return (
        SavedView(page="projects", name=tr("All projects"), sort="name"),
        SavedView(page="projects", name=tr("Running"), query="running:yes", sort="next"),
        SavedView(page="projects", name=tr("Late"), query="late:yes", sort="next"),
        SavedView(page="projects", name=tr("Applied for"), query="status:idea,submitted", sort="starts"),
        SavedView(page="projects", name=tr("Finished"), query="status:finished", sort="ends", descending=True),
        SavedView(page="projects", name=tr("Templates"), query="template:yes", sort="name"),
        SavedView(page="projects", name=tr("Archived"), query="archived:yes", sort="name"),
    )


def project_filters(
    partners: Callable[[], Sequence[Option]], people: Callable[[], Sequence[str]],
    programmes: Callable[[], Sequence[str]],
) -> Sequence[FilterSpec]:
    """The filters of the list of projects; what projects themselves name is asked for when it is offered."""
    def tr(source: str) -> str:
        return QCoreApplication.translate("Filters", source)

    return (
        FilterSpec("status", tr("Status"), term_options("project_status")),
        FilterSpec("kind", tr("Kind"), term_options("project_kind")),
        FilterSpec("programme", tr("Programme"), lambda: [Option(name, name) for name in programmes()]),
        FilterSpec("role", tr("Our role"), term_options("project_role")),
        FilterSpec("health", tr("How it goes"), term_options("project_health")),
        FilterSpec("late", tr("Late"), yes_no_options),
        FilterSpec("running", tr("Running"), yes_no_options),
        FilterSpec("quiet", tr("Quiet for long"), yes_no_options),
        FilterSpec("next", tr("Next point due"), horizon_options, "<"),
        FilterSpec("ends", tr("Ends"), horizon_options, "<"),
        FilterSpec("starts", tr("Starts"), horizon_options, "<"),
        FilterSpec("partner", tr("Partner"), partners),
        FilterSpec("country", tr("Country of a partner"), country_options),
        FilterSpec("responsible", tr("Responsible"), lambda: [Option(name, name) for name in people()]),
        FilterSpec("review", tr("Review"), horizon_options, "<"),
        FilterSpec("template", tr("Template"), yes_no_options),
        FilterSpec("archived", tr("Archived"), yes_no_options),
    )
