"""Attention: hours are limited, and every contact draws on them.

An organisation has hours a month per layer. Care and contact in practice come out of the same
hours, so time spent on consulting is not spent on care. Where one person carries all layers, all
of it comes out of one budget; but practice does no work that is not bought, so hours that managers
and boards leave do not become care. What comes up when a month is over takes hours of the next.
"""

from collabsim.compiled import compiled, inlined
from collabsim.events import NOBODY_ELSE, Event, note
from collabsim.mechanisms.energy import willing_share
from collabsim.organisations import BOARD, LAYERS, MANAGEMENT, PRACTICE
from collabsim.parameters.attention import Attention
from collabsim.record import Spending
from collabsim.world import World

N_LAYERS = len(LAYERS)


@inlined
def hours_next_month(world: World, i: int, layer: int) -> float:
    """Hours that a layer of ``i`` has in the month to come, as far as they are not spent already."""
    o, hours = world.organisations, 0.0
    for other in range(N_LAYERS):
        if o.pool[i, other] == o.pool[i, layer]:
            hours += o.hours[i, other] - world.ledger.owed[i, other]
    return max(0.0, hours)


@compiled
def hours_are_set(world: World) -> None:
    """Give every layer its hours of this month."""
    o, left = world.organisations, world.ledger.left
    left[:] = 0.0
    for i in range(left.shape[0]):
        for layer in range(N_LAYERS):
            willing = 1.0 if layer == PRACTICE else willing_share(world, i)
            left[i, o.pool[i, layer]] += willing * o.hours[i, layer]
        for layer in range(N_LAYERS):
            if o.pool[i, layer] == layer:
                debts_are_paid(world, i, layer)
        world.ledger.paid[i] = o.hours[i, PRACTICE]


@inlined
def debts_are_paid(world: World, i: int, pool: int) -> None:
    """What was spent before the month began comes off its hours; what they cannot cover stays owed."""
    o, ledger, hours, owed = world.organisations, world.ledger, 0.0, 0.0
    for layer in range(N_LAYERS):
        if o.pool[i, layer] == pool:
            hours += o.hours[i, layer]
            owed += ledger.owed[i, layer]
    if owed <= 0.0:
        return
    ledger.left[i, pool] *= max(0.0, 1.0 - owed / hours) if hours > 0.0 else 0.0
    for layer in range(N_LAYERS):
        if o.pool[i, layer] == pool:
            ledger.owed[i, layer] *= max(0.0, 1.0 - hours / owed)


@inlined
def hours_left(world: World, i: int, layer: int) -> float:
    """Hours that a layer of ``i`` has left this month; of practice no more than is bought of it."""
    left = world.ledger.left[i, world.organisations.pool[i, layer]]
    if layer == PRACTICE:
        left = min(left, world.ledger.paid[i])
    return max(0.0, left)


@inlined
def has_time(world: World, i: int, layer: int, hours: float) -> bool:
    """Whether a layer of ``i`` has ``hours`` left this month."""
    return world.settings.attention.unlimited or hours_left(world, i, layer) >= hours


@inlined
def spend(world: World, month: int, i: int, layer: int, hours: float, purpose: int) -> None:
    """Spend hours of a layer, and write down on what."""
    if hours <= 0.0:
        return
    if purpose == Spending.CARE or not world.settings.attention.unlimited:
        world.ledger.left[i, world.organisations.pool[i, layer]] -= hours
        if layer == PRACTICE:
            world.ledger.paid[i] -= hours
    world.record.spent.hours[i, layer, purpose] += hours
    note(world.events, month, Event.SPENT, i, layer, NOBODY_ELSE, purpose, hours)


@inlined
def spend_of_next_month(
    world: World, month: int, i: int, layer: int, hours: float, purpose: int
) -> None:
    """Spend hours of next month's, when this month's work is done; they are written down now."""
    if hours <= 0.0:
        return
    if not world.settings.attention.unlimited:
        world.ledger.owed[i, layer] += hours
    world.record.spent.hours[i, layer, purpose] += hours
    note(world.events, month, Event.SPENT, i, layer, NOBODY_ELSE, purpose, hours)


@compiled
def newcomers_are_onboarded(world: World, month: int) -> None:
    """Each newcomer costs the organisation hours of the layer, as far as it has them."""
    posts, a = world.posts, world.settings.attention
    for i in range(posts.person.shape[0]):
        for post in range(posts.person.shape[1]):
            layer = posts.layer[i, post]
            if layer >= 0 and posts.since[i, post] == month:
                hours = min(a.onboarding_hours, hours_left(world, i, layer))
                spend(world, month, i, layer, hours, Spending.ONBOARDING)


@inlined
def has_time_to_ask(world: World, i: int) -> bool:
    """Whether practice can make or answer one more ask."""
    return has_time(world, i, PRACTICE, world.settings.attention.ask_hours)


@inlined
def spend_on_ask(world: World, month: int, i: int) -> float:
    """One ask, made or answered; returns its hours."""
    hours = world.settings.attention.ask_hours
    spend(world, month, i, PRACTICE, hours, Spending.ASK)
    return hours


@inlined
def has_time_to_call(world: World, i: int) -> bool:
    """Whether management can make a call, or talk, at the end of the month."""
    attention = world.settings.attention
    return attention.unlimited or hours_next_month(world, i, MANAGEMENT) >= attention.ask_hours


@inlined
def spend_on_call(world: World, month: int, i: int) -> None:
    """A call about a promise."""
    spend_of_next_month(
        world, month, i, MANAGEMENT, world.settings.attention.ask_hours, Spending.ASK
    )


@inlined
def spend_on_talk(world: World, month: int, i: int) -> float:
    """A talk between managers after trouble, at the end of the month; returns its hours."""
    hours = world.settings.attention.ask_hours
    spend_of_next_month(world, month, i, MANAGEMENT, hours, Spending.RULES)
    return hours


@inlined
def has_time_to_consult(world: World, i: int, with_resident: bool) -> bool:
    """Whether practice can take part in a joint case meeting with full effort."""
    hours = time_to_consult(world.settings.attention, with_resident)
    return has_time(world, i, PRACTICE, hours)


@inlined
def has_time_to_review(world: World, i: int) -> bool:
    """Whether practice can look back on a case."""
    return has_time(world, i, PRACTICE, world.settings.attention.review_hours)


@inlined
def spend_on_review(world: World, month: int, i: int) -> None:
    """Looking back on a case."""
    spend(world, month, i, PRACTICE, world.settings.attention.review_hours, Spending.CONSULT)


@inlined
def time_to_consult(attention: Attention, with_resident: bool) -> float:
    """Hours of a joint case meeting; to listen to the resident takes longer."""
    voice = attention.voice_hours if with_resident else 0.0
    return attention.joint_case_hours + voice


@inlined
def spend_on_consult(world: World, month: int, i: int, effort: float, with_resident: bool) -> float:
    """A joint case meeting at a share of full effort; returns the hours of full effort."""
    hours = time_to_consult(world.settings.attention, with_resident)
    spend(world, month, i, PRACTICE, hours * effort, Spending.CONSULT)
    return hours


@inlined
def meetings_wanted(attention: Attention, hours: float, u: float) -> int:
    """Number of one-to-one meetings for which ``hours`` a month are set aside, rounded by ``u``."""
    return int(attention.networking_share * hours / attention.one_to_one_hours + u)


@inlined
def hours_of_meeting(world: World) -> float:
    """Hours that a one-to-one meeting takes."""
    return world.settings.attention.one_to_one_hours


@inlined
def has_time_to_meet(world: World, i: int, layer: int) -> bool:
    """Whether a layer can have a one-to-one meeting."""
    return has_time(world, i, layer, world.settings.attention.one_to_one_hours)


@inlined
def spend_on_meeting(world: World, month: int, i: int, layer: int) -> float:
    """A one-to-one meeting; returns its hours."""
    hours = world.settings.attention.one_to_one_hours
    spend(world, month, i, layer, hours, Spending.ONE_TO_ONE)
    return hours


@inlined
def spend_on_connecting(world: World, month: int, i: int, layer: int) -> float:
    """A meeting of others in the presence of the connector, from the hours given for it."""
    hours = world.settings.attention.one_to_one_hours
    world.record.spent.hours[i, layer, Spending.CONNECTING] += hours
    note(world.events, month, Event.SPENT, i, layer, NOBODY_ELSE, Spending.CONNECTING, hours)
    return hours


@inlined
def spend_on_accounting(world: World, month: int, i: int) -> float:
    """Accounting for an incident, out of next month; returns its hours, as far as there are any."""
    hours = float(world.settings.incidents.accounting_hours)
    if not world.settings.attention.unlimited:
        hours = min(hours, hours_next_month(world, i, MANAGEMENT))
    spend_of_next_month(world, month, i, MANAGEMENT, hours, Spending.ACCOUNTING)
    return hours


@inlined
def hours_away(world: World, hours: float, online: bool) -> float:
    """Hours that a gathering of ``hours`` costs: in one room also those of the way there."""
    return hours if online else hours + world.settings.attention.travel_hours


@inlined
def time_at_table(attention: Attention, effort: float) -> float:
    """Hours of a meeting of the table and of preparing it with a share of full effort."""
    return attention.table_hours + attention.preparation_hours * effort


@inlined
def time_for_seat(world: World, effort: float, online: bool) -> float:
    """Hours that a meeting of the table costs a seat that prepares with a share of full effort."""
    hours = time_at_table(world.settings.attention, effort)
    return hours_away(world, hours, online)


@inlined
def preparation_share(attention: Attention) -> float:
    """Share of the time for a meeting that can be saved by coming unprepared."""
    return attention.preparation_hours / time_at_table(attention, 1.0)


@inlined
def spend_on_table(world: World, month: int, i: int, effort: float, online: bool) -> None:
    """A meeting of the table, prepared with a share of full effort."""
    hours = time_for_seat(world, effort, online)
    spend(world, month, i, BOARD, hours, Spending.TABLE)


@inlined
def hours_heard(attention: Attention, seats: int) -> float:
    """Hours for which each of ``seats`` seats has the floor in a meeting of the table."""
    return attention.table_hours / seats


@inlined
def spend_on_report(world: World, month: int, delegate: int) -> float:
    """Reporting back after a meeting; returns the hours, to be shared among those at home."""
    hours = world.settings.attention.report_hours
    spend(world, month, delegate, BOARD, hours, Spending.REPORT)
    return hours


@inlined
def has_time_for_mail(world: World, i: int) -> bool:
    """Whether the board of ``i`` has the time to read an update."""
    return has_time(world, i, BOARD, world.settings.attention.mail_hours)


@inlined
def spend_on_mail(world: World, month: int, i: int) -> float:
    """Reading an update; returns its hours."""
    hours = world.settings.attention.mail_hours
    spend(world, month, i, BOARD, hours, Spending.READING)
    return hours


@inlined
def has_time_for_board(world: World, i: int, hours: float) -> bool:
    """Whether the board of ``i`` has ``hours`` left."""
    return has_time(world, i, BOARD, hours)


@inlined
def report_time(attention: Attention) -> float:
    """Hours that reporting back costs a delegate after a meeting."""
    return attention.report_hours
