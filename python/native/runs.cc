// SPDX-License-Identifier: Apache-2.0
#include "native/options.h"
#include "native/parts.h"
#include "native/python_agent.h"
#include "native/python_json.h"
#include "native/run.h"
#include "synthv1/base/text.h"

#include <nanobind/nanobind.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/vector.h>

namespace nb = nanobind;
using namespace nb::literals;

namespace synthv1::python {

namespace {

nb::dict counts(const std::map<std::string, std::uint64_t, std::less<>>& counted) {
  nb::dict dict;
  for (const auto& [name, count] : counted) dict[nb::str(name.c_str())] = count;
  return dict;
}

nb::dict summary_of(const GenerateSummary& summary) {
  nb::dict dict;
  dict["records"] = summary.records;
  dict["bytes"] = summary.bytes;
  dict["seed"] = summary.seed;
  dict["imperfections"] = summary.imperfections;
  dict["calls"] = summary.calls.calls;
  dict["accepted"] = summary.calls.accepted;
  dict["kept_replies"] = summary.kept_replies;
  dict["prompt_tokens"] = summary.calls.prompt_tokens;
  dict["completion_tokens"] = summary.calls.completion_tokens;
  dict["refused"] = counts(summary.calls.refused);
  dict["failures"] = counts(summary.calls.failures);
  dict["cost"] = summary.cost;
  dict["remarks"] = summary.remarks;
  return dict;
}

nb::str text_of(const std::string& text) { return nb::str(text.data(), text.size()); }

nb::dict summary_of(const EvaluateSummary& summary) {
  nb::dict dict;
  dict["results"] = load_json(summary_json(summary.facts, summary.results));
  dict["text"] = text_of(summary_text(summary.results));
  dict["kept_rows"] = summary.kept_rows;
  dict["calls"] = summary.calls.calls;
  dict["prompt_tokens"] = summary.calls.prompt_tokens;
  dict["completion_tokens"] = summary.calls.completion_tokens;
  dict["failures"] = counts(summary.calls.failures);
  dict["cost"] = summary.cost;
  dict["remarks"] = summary.remarks;
  return dict;
}

nb::object outcome_of(const Run& run) {
  if (!run.outcome()) return failure(run.outcome().error());
  return std::visit([](const auto& summary) -> nb::object { return summary_of(summary); }, *run.outcome());
}

nb::object begun(std::unique_ptr<Run> run) {
  run->start();
  return nb::cast(run.release(), nb::rv_policy::take_ownership);
}

/// A run under way, or what is wrong with its options.
nb::object start_generate(std::vector<std::string> arguments, nb::callable deliver,
                          std::vector<net::Header> headers, bool through_client, bool panel, bool terminal) {
  auto settings = generate_settings(std::move(arguments));
  if (!settings) return failure(settings.error());
  settings->run.headers = std::move(headers);
  RunWiring wiring{
      .deliver = std::move(deliver), .through_client = through_client, .panel = panel, .terminal = terminal};
  return begun(std::make_unique<Run>(make_generate_job(std::move(*settings)), std::move(wiring)));
}

/// The same of an evaluation. `agent` says who the agent is: "" for that of the options, "one" for one in
/// Python, "many" for one that holds any number of records side by side.
nb::object start_evaluate(std::vector<std::string> arguments, nb::callable deliver,
                          std::vector<net::Header> headers, const std::string& agent, bool through_client,
                          bool panel, bool terminal) {
  auto settings = evaluate_settings(std::move(arguments));
  if (!settings) return failure(settings.error());
  settings->run.headers = std::move(headers);
  auto job = make_evaluate_job(std::move(*settings));
  auto& options = static_cast<EvaluateOptions&>(job->options());
  RunWiring wiring{
      .deliver = std::move(deliver), .through_client = through_client, .panel = panel, .terminal = terminal};
  auto run = std::make_unique<Run>(std::move(job), std::move(wiring));
  if (!agent.empty()) {
    const Memories memories = agent == "one" ? Memories::one : Memories::many;
    options.own_agent = [&run = *run, memories, patience = options.agent_timeout] {
      return make_python_agent(run.calls(), run.courier(), memories, patience);
    };
  }
  return begun(std::move(run));
}

std::optional<std::string> nearest_name(const std::string& word, const std::vector<std::string>& names) {
  const auto near = nearest(word, std::span<const std::string>(names));
  return near ? std::optional<std::string>(*near) : std::nullopt;
}

void answer(Run& run, std::uint64_t id, unsigned status, std::vector<net::Header> headers,
            const nb::bytes& body) {
  run.answer(id, status, std::move(headers), std::string(body.c_str(), body.size()));
}

}  // namespace

void add_runs(nb::module_& module) {
  module.def("option_names", &option_names, "verb"_a);
  module.def("nearest", &nearest_name, "word"_a, "names"_a);
  module.def("start_generate", &start_generate, "arguments"_a, "deliver"_a, nb::kw_only(), "headers"_a,
             "through_client"_a, "panel"_a, "terminal"_a);
  module.def("start_evaluate", &start_evaluate, "arguments"_a, "deliver"_a, nb::kw_only(), "headers"_a,
             "agent"_a, "through_client"_a, "panel"_a, "terminal"_a);
  nb::class_<Run>(module, "Run")
      .def("drain", &Run::drain)
      .def("stop", &Run::stop)
      .def("wait", &Run::wait, "seconds"_a)
      .def("finish", &Run::finish)
      .def("answer", &answer, "call"_a, "status"_a, "headers"_a, "body"_a)
      .def("fail_call", &Run::fail_call, "call"_a, "fault"_a, "message"_a)
      .def("outcome", &outcome_of)
      .def_prop_ro("out", [](const Run& run) { return run.options().out; })
      .def_prop_ro("model", [](const Run& run) { return run.options().model; });
}

}  // namespace synthv1::python
