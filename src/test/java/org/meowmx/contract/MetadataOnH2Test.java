package org.meowmx.contract;

import org.meowmx.testkit.MeowmxTest;

@MeowmxTest
class MetadataOnH2Test extends MetadataContract {}
