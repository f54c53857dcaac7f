package org.meowmx.contract;

import org.meowmx.testkit.MeowmxTest;

@MeowmxTest
class LogOnH2Test extends LogContract {}
