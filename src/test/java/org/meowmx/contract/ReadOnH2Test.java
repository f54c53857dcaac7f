package org.meowmx.contract;

import org.meowmx.testkit.MeowmxTest;

@MeowmxTest
class ReadOnH2Test extends ReadContract {}
