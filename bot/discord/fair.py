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

    def has_room(self, owner: Hashable, more: int = 0) -> bool:
        """Whether an item of an owner may still wait, and so many more of the owner's that are to come before it."""
        return self._count + more < self._most and len(self._waiting.get(owner, ())) + more < self._most_each

    def ahead(self, owner: Hashable) -> int:
        """How many of the items that wait are taken before an item that the owner puts now."""
        theirs = self._waiting.get(owner)
        if theirs is None:
            return len(self._waiting)  # one of each other owner
        # Until it is taken, each other owner has a turn for each of the owner's items, and one more where the owner
        # stands behind it in the round.
        own = total = len(theirs)
        turns = own + 1
        for items in self._waiting.values():
            if items is theirs:
                turns = own
            else:
                total += min(len(items), turns)
        return total

    def put(self, owner: Hashable, item: T) -> bool:
        """Let an item wait; whether there was room."""
        if not self.has_room(owner):
            return False
        self._waiting.setdefault(owner, deque()).append(item)
        self._count += 1
        return True

    def take(self, *, newest: bool = False) -> T:
        """Take the item whose turn it is.

        Args:
            newest: of the owner whose turn it is, take the item that was put last, not that which waits longest.

        Raises:
            IndexError: nothing waits.
        """
        if not self._waiting:
            raise IndexError("nothing waits")
        owner, items = next(iter(self._waiting.items()))
        item = items.pop() if newest else items.popleft()
        self._count -= 1
        if items:
            self._waiting.move_to_end(owner)
        else:
            del self._waiting[owner]
        return item

    def oldest(self, owner: Hashable) -> T | None:
        """Take the item of an owner that waits longest, out of turn; None where none waits."""
        items = self._waiting.get(owner)
        if not items:
            return None
        item = items.popleft()
        self._count -= 1
        if not items:
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
