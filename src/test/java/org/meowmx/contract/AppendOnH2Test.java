package org.meowmx.contract;

import org.meowmx.testkit.MeowmxTest;

@MeowmxTest
class AppendOnH2Test extends AppendContract {}
