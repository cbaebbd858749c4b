// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/refusal_window.h"

#include <algorithm>

namespace synthv1 {

void RefusalWindow::refused(std::uint64_t call, std::optional<Clock::TimePoint> come_again) {
  refusals_[call % refusals_.size()] = {.call = call, .come_again = come_again};
}

RefusalShare RefusalWindow::share(std::uint64_t first, std::uint64_t last, std::size_t most) const {
  RefusalShare share;
  const std::uint64_t from = std::max(first, last >= most ? last - most + 1 : 1);
  for (std::uint64_t call = std::max<std::uint64_t>(from, 1); call <= last; ++call) {
    ++share.calls;
    const Refusal& refusal = refusals_[call % refusals_.size()];
    if (refusal.call != call) continue;
    ++share.refusals;
    share.come_again = std::max(share.come_again, refusal.come_again);
  }
  return share;
}

}  // namespace synthv1
