// SPDX-License-Identifier: Apache-2.0
#include "synthv1/paraphrase/rewrite_faults.h"

#include <array>

#include <fmt/format.h>

namespace synthv1 {

namespace {

struct FaultText {
  std::string_view english, chinese;
};

/// By RewriteFault; {0} is the rewrite's text, {1} what the question has.
constexpr std::array<FaultText, 31> kTexts = {{
    {"it is empty", "内容为空"},
    {"it is not plain text", "不是纯文本"},
    {"it has more than one line", "不止一行"},
    {"it is longer than {1} characters", "超过{1}个字符"},
    {"it is not in {1}", "不是{1}"},
    {"it does not end as a question or a request does", "结尾不是提问或请求"},
    {"it asks more than one question", "问了不止一个问题"},
    {"it does not say {1}", "没有说明{1}"},
    {"'{0}' is not {1}", "“{0}”不是{1}"},
    {"'{0}' is a date that the question does not have", "“{0}”是原问题没有的日期"},
    {"'{0}' lacks the year", "“{0}”缺少年份"},
    {"'{0}' is not in the calendar", "“{0}”不是存在的日期"},
    {"'{0}' is open at one end: both ends must stand", "“{0}”缺少起点或终点"},
    {"'{0}' ends before it begins", "“{0}”的起止日期颠倒"},
    {"'{0}' is an inexact part of the calendar", "“{0}”的时间范围不精确"},
    {"'{0}' is not seven days that this text makes certain", "“{0}”没有明确是哪七天"},
    {"'{0}' is another day of the week", "“{0}”的星期不对"},
    {"'{0}' may be read as two dates", "“{0}”有两种读法"},
    {"'{0}' is relative: say the dates", "“{0}”是相对时间，请写明日期"},
    {"'{0}' is a number that the question does not have", "“{0}”是原问题没有的数字"},
    {"'{0}' gives the answer away", "“{0}”泄露了答案"},
    {"it does not name the scene {1}", "没有提到类别{1}"},
    {"'{0}' adds the scene {1}", "“{0}”多出了类别{1}"},
    {"it does not name the subscene {1}", "没有提到子类{1}"},
    {"'{0}' adds the subscene {1}", "“{0}”多出了子类{1}"},
    {"'{0}' runs two scenes together", "“{0}”把两个类别连在了一起"},
    {"'{0}' changes what is counted", "“{0}”改变了统计范围"},
    {"it does not ask {1}", "没有问{1}"},
    {"'{0}' asks something other than {1}", "“{0}”问的不是{1}"},
    {"'{0}' names something that the question does not", "“{0}”是原问题没有的名称"},
    {"'{0}' is a currency; questions name none", "“{0}”是货币；问题不应带货币"},
}};

}  // namespace

std::string describe(RewriteFault fault, std::string_view text, std::string_view want, Language language) {
  const FaultText& row = kTexts[static_cast<std::size_t>(fault)];
  return fmt::format(fmt::runtime(language == Language::chinese ? row.chinese : row.english), text, want);
}

}  // namespace synthv1
