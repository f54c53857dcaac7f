package org.meowmx.contract;

import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(beans = InlineObserverContract.Stock.class)
class InlineObserverOnH2Test extends InlineObserverContract {}
