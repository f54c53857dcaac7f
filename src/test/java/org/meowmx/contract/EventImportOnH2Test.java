package org.meowmx.contract;

import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(beans = EventImportContract.Inline.class)
class EventImportOnH2Test extends EventImportContract {}
