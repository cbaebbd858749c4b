// SPDX-License-Identifier: Apache-2.0
#include "synthv1/report/json_figures.h"

#include <fmt/format.h>

namespace synthv1 {

namespace {

void write_in(json::Writer& writer, std::int64_t value, Unit unit) {
  if (unit == Unit::money) {
    write_money(writer, Money::from_minor(value));
  } else {
    writer.integer(value);
  }
}

}  // namespace

void write_decimal(json::Writer& writer, double value) {
  std::string text = fmt::format("{:.4f}", value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  writer.number(text == "-0" ? "0" : text);
}

void write_money(json::Writer& writer, Money money) { writer.number(format_money(money)); }

void write_quantiles(json::Writer& writer, const Quantiles& values, Unit unit) {
  writer.begin_object().key("count").integer(values.count);
  if (values.count > 0) {
    writer.key("mean");
    write_decimal(writer, unit == Unit::money ? values.mean / 100 : values.mean);
    const auto write = [&](std::string_view name, std::int64_t value) {
      writer.key(name);
      write_in(writer, value, unit);
    };
    write("min", values.least);
    write("p10", values.p10);
    write("p25", values.p25);
    write("median", values.median);
    write("p75", values.p75);
    write("p90", values.p90);
    write("p99", values.p99);
    write("max", values.most);
  }
  writer.end_object();
}

void write_bins(json::Writer& writer, std::span<const Bin> bins, Unit unit) {
  writer.begin_array();
  for (const Bin& bin : bins) {
    writer.begin_object().key("from");
    write_in(writer, bin.from, unit);
    writer.key("to");
    write_in(writer, bin.to, unit);
    writer.key("count").integer(bin.count).end_object();
  }
  writer.end_array();
}

}  // namespace synthv1
