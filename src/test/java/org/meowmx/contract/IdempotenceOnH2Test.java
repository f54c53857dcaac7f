package org.meowmx.contract;

import org.meowmx.testkit.MeowmxTest;

@MeowmxTest
class IdempotenceOnH2Test extends IdempotenceContract {}
