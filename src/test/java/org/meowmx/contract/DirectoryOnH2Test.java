package org.meowmx.contract;

import org.meowmx.testkit.MeowmxTest;

@MeowmxTest
class DirectoryOnH2Test extends DirectoryContract {}
