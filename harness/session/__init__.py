"""One app on one device while it is driven: looking, touching, answering, with the journal that remembers it.

**What is on the screen has one owner, ``Screen``.** The device changes by itself, so nobody else keeps a tree,
a dialog or a picture as "what is there now": a caller asks ``Session.look`` and gets a ``Look``, a frozen value that
says what was there when it was read. A ``Look`` that is kept is a memory, good for comparing and for nothing else.

``Screen`` is in one of these states::

    unread      nothing was seen since the last touch          forget() leads here from everywhere
    told        the tree told what is there                    look() read a tree
    painted     the tree is silent, a picture was read         look() read both, and the windows were the same
    lost        no tree came                                   lose(); the next tree that is read ends it

Every touch and key of ours (``tap``, ``swipe``, ``press``, ``fill``) is a line of the journal first, then makes the
screen *unread*, then goes to the device; ``stop`` makes it unread as well. While a window is silent or the tree is
lost, ``untold`` is true: changes may go unnoticed there, so waiting looks again instead of trusting that nothing
stirred.

Time passes in one place. ``Session.wait_for_change(seconds, look)`` returns at once where something newer than ``look``
was seen, else when the log lines (``ForegroundActivity.stirred``) or the windows tell of a change, else at its
deadline. So a loop reads::

    look = session.look()
    while not enough(look) and session.uptime() < deadline:
        if session.wait_for_change(deadline - session.uptime(), look):
            look = session.look()

Who owns what:

    Session              the journal, the device and its clocks; every act and every reading goes through it
    Screen               what is on the screen, and what of it is new and becomes a line
    ForegroundActivity   which activity is in front and who asked for it, from the log as the recorder reads it
    Answers              the permissions' flags before an answer, and which prompts had no answer that we know
    PollingInterval      how often a screen that changes all the time is looked at
    RunProgress          how far the run is, for the tester

``Answers`` takes the dialog of a ``Look``, presses, waits until the screen shows it no more, and proves the answer by
flags. It does not remember the dialog: what stands there afterwards is the next look's.

In ``adverts`` the same holds one floor up. ``AdvertObserver`` alone says which advert a look shows in a slot, and keeps
which slot the last act left on the screen (``on_screen``). ``AdSlots`` remembers which
slots there are and what each of them showed last; that is a memory, as a kept ``Look`` is.
"""
