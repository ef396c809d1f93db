"""Who may do what: one table."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody is to this bot; everybody is at least an applicant."""

    APPLICANT = "applicant"
    STAFF = "staff"
    OWNER = "owner"


class Act(StrEnum):
    """What needs more than being there."""

    CHANGE_DEADLINE = "change-deadline"
    BROADCAST = "broadcast"
    CONFIRM_BROADCAST = "confirm-broadcast"
    SETTLE = "settle"
    ANSWER = "answer"
    TEACH = "teach"
    PUBLISH = "publish"
    SEE_STATS = "see-stats"
    FREEZE = "freeze"
    UNFREEZE = "unfreeze"
    READ_AUDIT = "read-audit"


_OWNERS_ONLY = frozenset({Act.CHANGE_DEADLINE, Act.CONFIRM_BROADCAST, Act.UNFREEZE, Act.READ_AUDIT})

_MAY = {
    Role.APPLICANT: frozenset[Act](),
    Role.STAFF: frozenset(Act) - _OWNERS_ONLY,
    Role.OWNER: frozenset(Act),
}


@dataclass(frozen=True, slots=True)
class Roles:
    """The people of the office by their numeric Telegram ids; nobody else is given a right by anything they send."""

    owners: frozenset[int]
    staff: frozenset[int]

    @classmethod
    def of(cls, owners: Collection[int], staff: Collection[int]) -> Roles:
        """Roles by these ids."""
        return cls(frozenset(owners), frozenset(staff))

    @property
    def everyone(self) -> frozenset[int]:
        """All people of the office."""
        return self.owners | self.staff

    def role(self, user_id: int) -> Role:
        """What a person is."""
        if user_id in self.owners:
            return Role.OWNER
        return Role.STAFF if user_id in self.staff else Role.APPLICANT

    def may(self, user_id: int, act: Act) -> bool:
        """Whether a person has the right to do something."""
        return act in _MAY[self.role(user_id)]

    def others(self, user_id: int) -> frozenset[int]:
        """The owners besides this one."""
        return self.owners - {user_id}
