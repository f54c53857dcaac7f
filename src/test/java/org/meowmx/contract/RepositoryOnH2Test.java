package org.meowmx.contract;

import org.meowmx.testkit.MeowmxTest;

@MeowmxTest
class RepositoryOnH2Test extends RepositoryContract {}
