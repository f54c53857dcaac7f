package shop.modelling;

import org.meowmx.EventType;

public sealed interface AccountEvent {

    @EventType("money-deposited")
    record Deposited(long cents) implements AccountEvent {}

    @EventType("money-withdrawn")
    record Withdrawn(long cents) implements AccountEvent {}
}
