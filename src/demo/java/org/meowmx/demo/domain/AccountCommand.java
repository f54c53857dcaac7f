package org.meowmx.demo.domain;

/** The commands for a bank account. */
public sealed interface AccountCommand {

    record Open(String owner) implements AccountCommand {}

    record Deposit(long cents) implements AccountCommand {}

    record Withdraw(long cents) implements AccountCommand {}
}
