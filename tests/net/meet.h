// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/net/caller.h"

#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace synthv1::test {

/// These bytes, then the end, in good order.
inline Answer cut(std::string bytes) { return {Send{std::move(bytes)}, Close{}}; }
/// These bytes, and once they are surely there, a reset.
inline Answer reset_after(std::string bytes) {
  return {Send{std::move(bytes)}, Wait{std::chrono::milliseconds(5)}, Reset{}};
}

/// A fresh client meets this answer once.
inline Sent meet(const Answer& answer, const net::ClientOptions& options = patient()) {
  FakeEndpoint endpoint([&](const FakeRequest&) { return answer; });
  Caller caller(endpoint, options);
  Sent sent = caller.post();
  EXPECT_EQ(endpoint.counts().requests, 1U);
  EXPECT_EQ(caller.client.counters().stale_resends, 0U);
  return sent;
}

}  // namespace synthv1::test
