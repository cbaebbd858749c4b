// SPDX-License-Identifier: Apache-2.0
#include "cli/run_check.h"

#include "cli/open_catalogue.h"
#include "synthv1/base/text.h"
#include "synthv1/commands/check_endpoint.h"

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace synthv1::cli {

namespace {

constexpr int kEndpointFailed = 3;

std::string good(std::string_view text) { return fmt::format("✅ {}\n", text); }
std::string odd(std::string_view text) { return fmt::format("⚠️ {}\n", text); }

std::string model_line(const GenerateOptions& options, const EndpointCheck& found) {
  const auto& models = found.models;
  if (models.empty()) return good("model: the server lists none, and answers as asked");
  if (std::find(models.begin(), models.end(), options.model) != models.end()) {
    return good(fmt::format("model: '{}' is listed", options.model));
  }
  const auto near = nearest(options.model, std::span<const std::string>(models));
  return odd(fmt::format("model: the server answers, but does not list '{}'; it lists '{}'{}: check --model",
                         one_line(options.model), near ? *near : std::string_view(models.front()),
                         models.size() == 1 ? "" : " and others"));
}

std::string named_line(const GenerateOptions& options, const EndpointCheck& found) {
  if (found.model_named.empty() || found.model_named == options.model) return {};
  return odd(fmt::format("model: the replies come from '{}', not from '{}': check --model",
                         one_line(found.model_named), one_line(options.model)));
}

std::string schema_line(const EndpointCheck& found) {
  switch (found.schema) {
    case SchemaObedience::obeyed:
      return good("schema: obeyed");
    case SchemaObedience::ignored:
      return odd(
          "schema: taken, but not obeyed; every reply is checked anyway, with more retries: turn on the "
          "server's structured output where it has one");
    case SchemaObedience::refused:
      return odd(fmt::format("schema: refused; {}, and every reply is checked anyway, with more retries",
                             found.format == ReplyFormat::json_object
                                 ? "json_object is asked for instead"
                                 : "replies are asked for in words alone"));
    case SchemaObedience::unknown:
      break;
  }
  return odd("schema: not known, the reply was cut off or empty; does the model think? Tell it not to");
}

std::string session_line(const EndpointCheck& found) {
  if (found.session_fault.empty()) return good("session: a small one came without a fault");
  return odd(fmt::format("session: a small one had a fault, for which a run would ask again: {}",
                         found.session_fault));
}

std::string speed_line(const EndpointCheck& found) {
  const double seconds = std::chrono::duration<double>(found.latency).count();
  const std::string speed = fmt::format(
      "speed: {}{:.0f} tokens a second, of one call alone ({} tokens in {:.2f} s)",
      found.tokens_counted ? "" : "about ", found.tokens_per_second(), found.completion_tokens, seconds);
  return found.tokens_counted ? good(speed)
                              : odd(speed + "; the server counts no tokens, so they are estimated");
}

std::string report_of(const GenerateOptions& options, const EndpointCheck& found) {
  if (options.embedded()) return good("builtin: the embedded writer needs no endpoint");
  if (found.failure) return fmt::format("❌ {}\n", found.failure->message);
  return good(fmt::format("endpoint: {} answers", options.base_url)) + model_line(options, found) +
         named_line(options, found) + schema_line(found) + session_line(found) + speed_line(found);
}

Outcome run_check(GenerateSettings& settings, const std::stop_token& stop) {
  settle(settings);
  const Result<OpenCatalogue> catalogue = open_catalogue(settings.catalog);
  if (!catalogue) return std::unexpected(catalogue.error());
  const Result<EndpointCheck> found = check_endpoint(settings.run, catalogue->get(), stop);
  if (!found) return std::unexpected(found.error());
  fmt::print("{}", report_of(settings.run, *found));
  std::fflush(stdout);
  return found->usable() ? 0 : kEndpointFailed;
}

}  // namespace

void add_check(CLI::App& app, std::function<Outcome()>& chosen, std::stop_token stop) {
  CLI::App* verb =
      app.add_subcommand("check", "try the endpoint with at most three small calls: model, schema, speed");
  const auto settings = std::make_shared<GenerateSettings>();
  add_generate_options(*verb, *settings);
  add_program_options(*verb, *settings);
  verb->callback([settings, &chosen, stop = std::move(stop)] {
    chosen = [settings, stop] { return run_check(*settings, stop); };
  });
}

}  // namespace synthv1::cli
