// SPDX-License-Identifier: Apache-2.0
#include "synthv1/model/shared_text.h"

#include "synthv1/base/json_write.h"
#include "synthv1/model/fingerprint.h"
#include "synthv1/model/token_estimate.h"

namespace synthv1 {

namespace {

std::shared_ptr<const std::string> escape(std::string_view text) {
  std::string quoted;
  quoted.reserve(text.size() + text.size() / 16 + 2);
  json::append_string(quoted, text);
  quoted.pop_back();
  quoted.erase(0, 1);
  return std::make_shared<const std::string>(std::move(quoted));
}

}  // namespace

SharedText::SharedText(std::string_view text)
    : size_(text.size()),
      escaped_(escape(text)),
      tokens_(estimate_tokens(text)),
      digest_(Fingerprint().add(text).digest()) {}

}  // namespace synthv1
