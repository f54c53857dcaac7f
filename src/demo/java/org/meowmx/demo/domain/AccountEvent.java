package org.meowmx.demo.domain;

import org.meowmx.EventType;

/** The events of a bank account. */
public sealed interface AccountEvent {

    @EventType("account-opened")
    record Opened(String owner) implements AccountEvent {}

    @EventType("money-deposited")
    record Deposited(long cents) implements AccountEvent {}

    @EventType("money-withdrawn")
    record Withdrawn(long cents) implements AccountEvent {}
}
