from collections.abc import Mapping
from typing import Any

from afterword.components.models import Component
from afterword.incidents.models import Incident, NamedPart
from afterword.incidents.named_parts import names_of_parts, part_of_name


def keep_named_parts(*, incident: Incident, record: Mapping[str, Any]) -> None:
    """Keep which parts a record that is being saved says were hit, so that later incidents of the
    same parts are asked about it. What an earlier version named stays.
    """
    names = names_of_parts(record)
    kept = NamedPart.objects.filter(incident=incident, name__in=sorted(names))
    known = {each.name: each for each in kept} if names else {}
    waiting = {n for n in names if n not in known or known[n].component_id is None}
    if not waiting:
        return
    parts = Component.objects.filter(page=incident.page_id, is_group=False).select_related("group")
    announced = set(incident.components.values_list("pk", flat=True))
    for name, part in part_of_name(sorted(waiting), list(parts), announced).items():
        if name not in known:
            NamedPart.objects.create(incident=incident, name=name, component_id=part)
        elif part is not None:
            # It was free text when it was named first; the page has such a part since.
            NamedPart.objects.filter(pk=known[name].pk).update(component=part)
