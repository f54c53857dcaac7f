package org.meowmx.contract;

import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(beans = LiveEffectsOfVersionsContract.Invoicing.class)
class LiveEffectsOfVersionsOnH2Test extends LiveEffectsOfVersionsContract {}
