package org.meowmx.contract;

import org.meowmx.testkit.MeowmxTest;

@MeowmxTest
class TransactionOnH2Test extends TransactionContract {}
