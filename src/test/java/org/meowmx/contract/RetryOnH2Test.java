package org.meowmx.contract;

import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(beans = {RetryContract.Work.class, RetryContract.WholeClass.class})
class RetryOnH2Test extends RetryContract {}
