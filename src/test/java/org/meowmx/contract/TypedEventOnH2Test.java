package org.meowmx.contract;

import org.meowmx.testkit.MeowmxTest;

@MeowmxTest
class TypedEventOnH2Test extends TypedEventContract {}
