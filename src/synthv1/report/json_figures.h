// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "synthv1/base/json_write.h"
#include "synthv1/ledger/money.h"
#include "synthv1/report/distribution.h"

#include <span>

namespace synthv1 {

/// What whole numbers count, and so how JSON shows them.
enum class Unit {
  whole,  ///< as they are
  money,  ///< minor units, shown in yuan with two decimals
};

/// A number with four decimals, trailing zeros left away.
void write_decimal(json::Writer& writer, double value);
void write_money(json::Writer& writer, Money money);
/// {"count", "mean", "min", "p10", ..., "max"}; only the count where that is 0.
void write_quantiles(json::Writer& writer, const Quantiles& values, Unit unit);
/// [{"from", "to", "count"}]
void write_bins(json::Writer& writer, std::span<const Bin> bins, Unit unit);

}  // namespace synthv1
