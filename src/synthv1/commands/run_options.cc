// SPDX-License-Identifier: Apache-2.0
#include "synthv1/commands/run_options.h"

#include <fmt/format.h>

namespace synthv1 {

namespace {

constexpr std::uint32_t kMaxConcurrency = 65'536;
constexpr std::uint32_t kMaxRequests = 100'000'000;  ///< a minute
constexpr std::uint64_t kMaxTokens = 1'000'000'000'000;
constexpr double kMaxTemperature = 2;
constexpr double kMaxPrice = 1e9;

std::unexpected<Error> wrong(std::string message) { return fail(ErrorKind::usage, std::move(message)); }

bool is_price(const std::optional<double>& price) { return !price || (*price >= 0 && *price <= kMaxPrice); }

Result<void> check_prices(const RunOptions& options) {
  if (!is_price(options.price_in) || !is_price(options.price_out)) {
    return wrong(fmt::format("--price_in and --price_out lie between 0 and {}", kMaxPrice));
  }
  if (options.price_in.has_value() == options.price_out.has_value()) return {};
  return wrong(fmt::format("{0} is given without {1}: give both, prices of a million tokens; {1}=0 is one",
                           options.price_in ? "--price_in" : "--price_out",
                           options.price_in ? "--price_out" : "--price_in"));
}

Result<void> check_endpoint(const RunOptions& options) {
  if (options.exchange) return {};
  const auto url = net::Url::parse(options.base_url);
  if (!url) return wrong(fmt::format("--base_url: {}", url.error().message));
  return net::HttpClient::check_options(*url, options.client);
}

Result<void> check_model(const RunOptions& options) {
  if (options.model.empty())
    return wrong("--model is empty: name a model, or builtin for the embedded writer");
  if (options.embedded()) return {};
  if (auto ok = check_endpoint(options); !ok) return ok;
  if (options.llm_concurrency < 1 || options.llm_concurrency > kMaxConcurrency) {
    return wrong(fmt::format("--llm_concurrency lies between 1 and {}", kMaxConcurrency));
  }
  if (options.rpm > kMaxRequests) return wrong(fmt::format("--rpm is at most {}", kMaxRequests));
  if (options.tpm > kMaxTokens) return wrong(fmt::format("--tpm is at most {}", kMaxTokens));
  if (!(options.temperature >= 0 && options.temperature <= kMaxTemperature)) {
    return wrong(fmt::format("--temperature lies between 0 and {}", kMaxTemperature));
  }
  if (options.api_key.find_first_of("\r\n") != std::string::npos) {
    return wrong("the API key has a line break inside: check --api_key_file or OPENAI_API_KEY");
  }
  return {};
}

Result<void> check_budget(const RunOptions& options) {
  if (options.budget.cost && !prices_of(options))
    return wrong("--max_cost needs --price_in and --price_out, the prices of a million tokens");
  return {};
}

}  // namespace

std::optional<Prices> prices_of(const RunOptions& options) {
  if (!options.price_in || !options.price_out) return std::nullopt;
  return Prices{.in = *options.price_in, .out = *options.price_out};
}

Result<void> check_model_options(const RunOptions& options) {
  if (auto ok = check_model(options); !ok) return ok;
  if (auto ok = check_prices(options); !ok) return ok;
  return check_budget(options);
}

}  // namespace synthv1
