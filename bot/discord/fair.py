"""A queue that is fair: whoever has much waiting does not hold up whoever has little.

Items wait by owner (a server, a person), and owners take turns: one item of each, round after round. Bounded for each
owner and in all, so that a flood neither fills the memory nor waits longer than anyone would.
"""

from collections import OrderedDict, deque
from collections.abc import Hashable
from typing import Generic, TypeVar

T = TypeVar("T")

MOST = 256
"""Items that wait in all."""

MOST_EACH = 32
"""Items of one owner that wait."""


class FairQueue(Generic[T]):
    """Items by owner, taken in turns."""

    def __init__(self, *, most: int = MOST, most_each: int = MOST_EACH) -> None:
        """Start empty.

        Args:
            most: items that may wait in all, at least 1.
            most_each: items of one owner that may wait, at least 1.
        """
        self._most = most
        self._most_each = most_each
        self._waiting: OrderedDict[Hashable, deque[T]] = OrderedDict()
        self._count = 0

    def __len__(self) -> int:
        """The items that wait."""
        return self._count

    @property
    def owners(self) -> int:
        """Owners of whom something waits."""
        return len(self._waiting)

    def has_room(self, owner: Hashable) -> bool:
        """Whether an item of an owner may still wait."""
        return self._count < self._most and len(self._waiting.get(owner, ())) < self._most_each

    def ahead(self, owner: Hashable) -> int:
        """How many of the items that wait are taken before an item that the owner puts now."""
        own = len(self._waiting.get(owner, ()))
        # Until it is taken, each other owner has a turn for each of the owner's items, and one more where the owner
        # stands behind it in the round.
        total, behind = own, True
        for other, items in self._waiting.items():
            if other == owner:
                behind = False
                continue
            total += min(len(items), own + 1 if behind else own)
        return total

    def put(self, owner: Hashable, item: T) -> bool:
        """Let an item wait; whether there was room."""
        if not self.has_room(owner):
            return False
        self._waiting.setdefault(owner, deque()).append(item)
        self._count += 1
        return True

    def take(self) -> T:
        """Take the item whose turn it is.

        Raises:
            IndexError: nothing waits.
        """
        if not self._waiting:
            raise IndexError("nothing waits")
        owner, items = next(iter(self._waiting.items()))
        item = items.popleft()
        self._count -= 1
        if items:
            self._waiting.move_to_end(owner)
        else:
            del self._waiting[owner]
        return item

    def discard(self, owner: Hashable, item: T) -> bool:
        """Take an item out of turn; whether it still waited."""
        items = self._waiting.get(owner)
        if items is None or item not in items:
            return False
        items.remove(item)
        self._count -= 1
        if not items:
            del self._waiting[owner]
        return True
