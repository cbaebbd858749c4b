// SPDX-License-Identifier: Apache-2.0
// Bytes as a server's response: however they are cut, the outcome is the same, and the body stays within its
// limit.
#include "synthv1/base/error.h"
#include "synthv1/net/response_reader.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>

using namespace synthv1;

namespace {

constexpr std::size_t kMaxBody = 4096;

struct Outcome {
  bool done = false;
  net::TransportFault fault{};
  std::string message;
  net::HttpResponse response;
  bool keeps_alive = false;
  std::size_t used = 0;

  bool operator==(const Outcome& other) const {
    const auto parts = [](const Outcome& o) {
      return std::tie(o.done, o.fault, o.message, o.response.status, o.response.headers, o.response.body,
                      o.keeps_alive, o.used);
    };
    return parts(*this) == parts(other);
  }
};

Outcome finish(net::ResponseReader& reader, std::size_t used, net::StreamEnd end) {
  reader.end(end);
  check(reader.done() != reader.failed(), "done or failed");
  if (reader.failed()) return {.fault = reader.error().fault, .message = reader.error().message};
  Outcome outcome{.done = true, .response = reader.take(), .keeps_alive = reader.keeps_alive(), .used = used};
  check(outcome.response.body.size() <= kMaxBody, "body within its limit");
  check(outcome.response.status >= 200, "final status");
  return outcome;
}

struct Setting {
  net::BodyRule rule;
  net::StreamEnd end;
};

Outcome read_whole(std::string_view bytes, const Setting& setting) {
  net::ResponseReader reader(kMaxBody, setting.rule);
  const std::size_t used = reader.feed(bytes);
  check(used <= bytes.size(), "no more used than given");
  return finish(reader, used, setting.end);
}

/// Pieces whose sizes follow from `seed`.
Outcome read_pieces(std::string_view bytes, std::uint32_t seed, const Setting& setting) {
  net::ResponseReader reader(kMaxBody, setting.rule);
  std::size_t used = 0;
  while (used < bytes.size() && !reader.done() && !reader.failed()) {
    seed = seed * 1664525 + 1013904223;
    const std::size_t size = 1 + (seed >> 24) % (seed % 2 == 0 ? 3 : 200);
    used += reader.feed(bytes.substr(used, size));
  }
  return finish(reader, used, setting.end);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const Setting setting{.rule = static_cast<net::BodyRule>(data[0] % 3),
                        .end = data[1] % 2 == 0 ? net::StreamEnd::orderly : net::StreamEnd::broken};
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 2, size - 2);
  const Outcome whole = read_whole(bytes, setting);
  check(read_pieces(bytes, data[0], setting) == whole, "the same in pieces");
  check(read_pieces(bytes, static_cast<std::uint32_t>(size), setting) == whole, "the same in other pieces");
  return 0;
}
