package org.meowmx.contract;

import org.meowmx.testkit.MeowmxTest;

@MeowmxTest
class LogCatalogOnH2Test extends LogCatalogContract {}
