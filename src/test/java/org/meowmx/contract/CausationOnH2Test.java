package org.meowmx.contract;

import org.meowmx.testkit.MeowmxTest;

@MeowmxTest
class CausationOnH2Test extends CausationContract {}
