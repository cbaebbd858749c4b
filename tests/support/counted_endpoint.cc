// SPDX-License-Identifier: Apache-2.0
#include "tests/support/counted_endpoint.h"

#include <utility>

namespace synthv1::test {

namespace {

std::uint64_t number_of(std::string_view text) {
  std::uint64_t hash = 14695981039346656037U;  // FNV-1a
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return hash;
}

/// Ten letters of a number.
std::string word_of(std::uint64_t number) {
  std::string word;
  for (int i = 0; i < 10; ++i, number >>= 4) word.push_back(static_cast<char>('a' + (number & 15)));
  return word;
}

std::string content_of(const FakeRequest& request, unsigned prose_in) {
  const json::Value plan = plan_of(request);
  if (!plan.is_object()) return {};
  const std::string message = last_message(request);
  const std::uint64_t number = number_of(message);
  const bool session = plan.find("date") != nullptr;
  const bool first = message.find("could not be used") == std::string::npos;
  if (session && first && prose_in != 0 && (number >> 40) % prose_in == 0) {
    return "I would rather talk about the weather, " + word_of(number);
  }
  std::string content = right_content(plan);
  constexpr std::string_view kPlace = "Noted.";
  const std::size_t at = content.find(kPlace);
  if (session && at != std::string::npos)
    content.replace(at, kPlace.size(), "Noted, " + word_of(number) + ".");
  return content;
}

}  // namespace

CountedEndpoint::CountedEndpoint(CountedOptions options)
    : options_(std::move(options)),
      endpoint_({.script = [this](const FakeRequest& request) { return answer(request); },
                 .accepted = options_.accepted,
                 .keep_requests = false}) {}

Answer CountedEndpoint::answer(const FakeRequest& request) {
  const std::string content = content_of(request, options_.prose_in);
  {
    const std::lock_guard lock(mutex_);
    ++asked_[content];
  }
  if (options_.fault) {
    if (auto answer = options_.fault(request)) return std::move(*answer);
  }
  const std::string body = completion_body(content, "stop", request.body.size() / 4);
  Answer whole = options_.keep_alive ? respond(200, body) : respond(200, body, {{"Connection", "close"}});
  if (!options_.keep_alive) whole.emplace_back(Close{});
  if (options_.before) {
    Answer steps = options_.before(request);
    whole.insert(whole.begin(), steps.begin(), steps.end());
  }
  return options_.delay.count() > 0 ? after(options_.delay, std::move(whole)) : whole;
}

std::map<std::string, int> CountedEndpoint::take_asked() {
  endpoint_.wait_until([](const FakeCounts& counts) { return counts.closed == counts.connections; });
  const std::lock_guard lock(mutex_);
  return std::exchange(asked_, {});
}

int total(const std::map<std::string, int>& asked) {
  int sum = 0;
  for (const auto& [content, count] : asked) sum += count;
  return sum;
}

}  // namespace synthv1::test
