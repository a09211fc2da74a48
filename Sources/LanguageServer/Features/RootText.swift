import Diagnostics

/// What the names are that every expression knows.
enum RootText {
  static func of(_ name: String) -> Bilingual? { texts[name] }

  private static let texts: [String: Bilingual] = [
    "application": Bilingual(zh: "所检查的申请", en: "the application that is looked at"),
    "plan": Bilingual(zh: "所检查的规划或年度计划", en: "the plan that is looked at"),
    "facts": Bilingual(zh: "年度基础数据", en: "the year's figures"),
    "district": Bilingual(zh: "申请或计划所在区县的基础数据", en: "the figures of the subject's district"),
    "category": Bilingual(zh: "规则所检查的定点类别", en: "the category that the rule looks at"),
    "year": Bilingual(zh: "提交申请的年度", en: "the year of submission"),
    "place": Bilingual(zh: "所辖城市的编号", en: "the id of the covered city"),
    "plan_district": Bilingual(zh: "计划所列的一个区县", en: "a district that the plan lists"),
    "reading": Bilingual(zh: "各项读法的取值", en: "the readings as they are switched"),
    "neighbour": Bilingual(
      zh: "圆或计数条件所指的机构", en: "the institution that a circle or tally looks at"),
    "measured": Bilingual(zh: "所测得的数值", en: "what was measured"),
    "limit": Bilingual(zh: "限值", en: "the limit"),
    "used": Bilingual(zh: "此前已用的名额", en: "places used before"),
    "taken": Bilingual(zh: "本批已占用的名额", en: "places taken in this batch"),
    "take": Bilingual(zh: "本申请占用的名额", en: "what the application takes"),
    "rank": Bilingual(zh: "名次", en: "the rank"),
    "radius": Bilingual(zh: "圆的半径（米）", en: "the radius of the circle in metres"),
  ]
}
