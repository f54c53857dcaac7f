package org.meowmx.contract;

import org.meowmx.testkit.MeowmxTest;

@MeowmxTest
class ConsequenceOnH2Test extends ConsequenceContract {}
