// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/catalogue/phrases.h"
#include "synthv1/ledger/date.h"

namespace synthv1 {

/// The tags that hold on a day: season (of the northern temperate zone), month, weekday, weekend, holidays.
/// Those of the Chinese calendar are known for 2020 to 2030 (dates as the Hong Kong Observatory publishes
/// them).
Tags tags_of(Date date);

}  // namespace synthv1
