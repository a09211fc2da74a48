package import Diagnostics

/// Findings that no profile states.
package enum BuiltInRule: CaseIterable, Sendable {
  case profileNotInForce
  case stockDiffers
  case factsOfAnotherYear
  case submittedAfterDecision
  case readingDecides
  case kindAndCategory
  case registryDiffers
  case designationUnconfirmed
  case replacementUnconfirmed
  case noRuleSpeaks
  case procedureOutOfOrder
  case planFiguresDiffer
  case figureNotPlausible

  /// Those on applications.
  package static let ofApplications = allCases.filter {
    ![.procedureOutOfOrder, .planFiguresDiffer, .figureNotPlausible].contains($0)
  }
  /// Those on plans.
  package static let ofPlans: [BuiltInRule] = [
    .profileNotInForce, .readingDecides, .procedureOutOfOrder, .planFiguresDiffer,
    .figureNotPlausible,
  ]

  package var id: String {
    switch self {
    case .profileNotInForce: "profile-not-in-force"
    case .stockDiffers: "stock-differs"
    case .factsOfAnotherYear: "facts-of-another-year"
    case .submittedAfterDecision: "submitted-after-decision"
    case .readingDecides: "reading-decides"
    case .kindAndCategory: "kind-and-category"
    case .registryDiffers: "registry-differs"
    case .designationUnconfirmed: "designation-unconfirmed"
    case .replacementUnconfirmed: "replacement-unconfirmed"
    case .noRuleSpeaks: "no-rule-speaks"
    case .procedureOutOfOrder: "procedure-out-of-order"
    case .planFiguresDiffer: "plan-figures-differ"
    case .figureNotPlausible: "figure-not-plausible"
    }
  }

  package var summary: Bilingual {
    switch self {
    case .profileNotInForce:
      Bilingual(
        zh: "申请日期不在任何政策档案的施行期内", en: "submitted outside the span of every profile")
    case .stockDiffers:
      Bilingual(zh: "基础数据与名册的现有数不一致", en: "the stock in the facts differs from the registry")
    case .factsOfAnotherYear:
      Bilingual(zh: "基础数据的年份与申请年份不同", en: "the facts are of another year than the application")
    case .submittedAfterDecision:
      Bilingual(zh: "申请日期晚于决定日期", en: "submitted after the day of decision")
    case .readingDecides:
      Bilingual(zh: "结论取决于对原文的某种读法", en: "the verdict hangs on how the text is read")
    case .kindAndCategory:
      Bilingual(
        zh: "申请类别与机构类别不相称", en: "a category that the kind of institution cannot be designated for")
    case .registryDiffers:
      Bilingual(
        zh: "申请所填与名册中本机构的记录不一致",
        en: "an application says otherwise of its institution than the registry")
    case .designationUnconfirmed:
      Bilingual(
        zh: "所填已有定点类别在名册中查不到", en: "a category said to be held that the registry does not bear out")
    case .replacementUnconfirmed:
      Bilingual(
        zh: "拟接替的机构是否退出尚待确认", en: "whether the institution to be replaced leaves is not confirmed")
    case .noRuleSpeaks:
      Bilingual(
        zh: "没有能作出不予纳入结论的条文涉及所申请的类别",
        en: "no rule that could refuse speaks of a category that is asked for")
    case .procedureOutOfOrder:
      Bilingual(
        zh: "计划所报程序日期先后矛盾", en: "the dates of a plan's procedure contradict each other")
    case .planFiguresDiffer:
      Bilingual(
        zh: "计划所报数字互不一致", en: "a figure of a plan is not what its other figures come to")
    case .figureNotPlausible:
      Bilingual(zh: "计划新增数不合常理", en: "additions of a plan that cannot be meant")
    }
  }

  /// When it is given, what it comes to, and what is done about it.
  package var explanation: [Bilingual] {
    switch self {
    case .profileNotInForce:
      [
        Bilingual(
          zh: "何时给出：申请日期（或计划年度）不在该城市任何政策档案的施行期内。按最接近的档案检查。",
          en:
            "When: the day of submission, or the year of a plan, lies outside the span of every profile of the city. The nearest one is applied."
        ),
        Bilingual(
          zh: "结果：需人工裁量；各条检查结果照列，但不作不予纳入的结论。",
          en: "Outcome: review. The findings stand as they are, and nothing is refused."),
        Bilingual(
          zh: "可采取的办法：由主管部门确认适用的文件；用 --profile 可指定档案。",
          en: "What to do: the authority says which document holds; --profile names a profile."),
      ]
    case .stockDiffers:
      [
        Bilingual(
          zh: "何时给出：基础数据所列某类别的现有数与名册逐家计数不一致。",
          en: "When: the stock that the facts state of a category is not what the registry counts."),
        Bilingual(zh: "结果：提示；以基础数据为准。", en: "Outcome: a note; the facts count."),
        Bilingual(
          zh: "可采取的办法：核对后更正基础数据或名册。",
          en: "What to do: check both and correct the one that is wrong."),
      ]
    case .factsOfAnotherYear:
      [
        Bilingual(
          zh: "何时给出：基础数据的年份与申请年份不同。",
          en: "When: the facts are of another year than the application."),
        Bilingual(
          zh: "结果：提示；已公布的年度计划只约束基础数据当年的申请。",
          en: "Outcome: a note; a published yearly plan binds the year of the facts alone."),
      ]
    case .submittedAfterDecision:
      [
        Bilingual(
          zh: "何时给出：申请日期晚于决定日期。",
          en: "When: the day of submission is after the day of decision."),
        Bilingual(
          zh: "结果：需人工裁量；各条检查结果照列，不符合的仍为不符合。全部申请都晚于决定日期的，为输入错误。",
          en:
            "Outcome: review. The findings stand as they are, and what fails fails. Where every application is later, that is an error of the inputs."
        ),
        Bilingual(
          zh: "可采取的办法：核对申请日期和决定日期，更正后重新检查；也可作出裁量决定。",
          en:
            "What to do: check both days, correct the one that is wrong and check again, or rule on it."
        ),
      ]
    case .readingDecides:
      [
        Bilingual(
          zh: "何时给出：条文有不同理解，换一种理解，该申请（或规划）的结论就不同。每种理解单独切换试算。",
          en:
            "When: the text can be read in more than one way, and the verdict would be another with it. Each reading is tried alone."
        ),
        Bilingual(
          zh: "结果：提示，写明现取的理解、另一种理解和相应结论。",
          en: "Outcome: a note with the reading taken, the other one and its verdict."),
      ]
    case .kindAndCategory:
      [
        Bilingual(
          zh: "何时给出：零售药店申请医疗机构的类别，医疗机构申请药店的类别；诊所、门诊部、社区卫生服务站、村卫生室申请住院；新申请住院而床位为 0。",
          en:
            "When: a retail pharmacy asks for a medical category or the other way round; a clinic, outpatient department, community health station or village clinic asks for inpatient care; inpatient care is asked for anew and without a bed."
        ),
        Bilingual(
          zh: "结果：需人工裁量，不论其他各条结果如何。", en: "Outcome: review, whatever the rules come to."),
        Bilingual(
          zh: "可采取的办法：核实机构类别和申请类别，填报有误的更正后重新检查。",
          en:
            "What to do: find out what the institution is and asks for; correct what was entered wrongly and check again."
        ),
      ]
    case .registryDiffers, .designationUnconfirmed:
      [
        Bilingual(
          zh:
            "何时给出：名册中有本机构的记录（按名册编号，其次统一社会信用代码，再次同区同类同名的唯一一家），而申请所填机构类别、已有定点类别、已有定点床位与之不同，或所填已有定点类别在名册中查不到。",
          en:
            "When: the registry has the institution’s own row (by its id, else its credit code, else the only one of its name and kind in its district), and the application says otherwise of its kind, its categories or its designated beds, or says that it holds a category that no row bears out."
        ),
        Bilingual(
          zh: "结果：按申请所填和按名册各检查一次；结论相同的为提示，不同的需人工裁量。",
          en:
            "Outcome: it is decided as the application says and as the registry says; a note where both come to the same, else review."
        ),
        Bilingual(
          zh: "可采取的办法：核对后更正申请或名册，重新检查；也可作出裁量决定。",
          en: "What to do: correct the application or the registry and check again, or rule on it."),
      ]
    case .replacementUnconfirmed:
      [
        Bilingual(
          zh: "何时给出：申请填有接替机构，而名册中该机构的状态不是拟退出；或者该接替不予认可。",
          en:
            "When: the application replaces an institution that the registry does not say to be leaving, or that cannot be replaced."
        ),
        Bilingual(
          zh: "结果：按接替和按新增各检查一次，结论不同的需人工裁量；不予认可的为提示，按新增检查。",
          en:
            "Outcome: it is decided as a replacement and as a newcomer; review where they differ. Where no replacement is recognised, a note, and it is a newcomer."
        ),
        Bilingual(
          zh: "可采取的办法：确认该机构退出后更新名册，或作出裁量决定。",
          en: "What to do: find out whether it leaves and correct the registry, or rule on it."),
      ]
    case .noRuleSpeaks:
      [
        Bilingual(
          zh: "何时给出：所申请的类别，没有能作出不予纳入结论的条文涉及。",
          en: "When: of a category that is asked for no rule speaks that could refuse it."),
        Bilingual(
          zh: "结果：需人工裁量；政策档案写明可以纳入的为提示。",
          en: "Outcome: review, or a note where the profile says that it is admitted."),
        Bilingual(
          zh: "可采取的办法：由主管部门确定该类别适用的规则，或作出裁量决定。",
          en: "What to do: the authority says which rules hold for it, or rules on it."),
      ]
    case .procedureOutOfOrder:
      [
        Bilingual(
          zh: "何时给出：计划所报程序日期互相矛盾（如完成早于启动、公布早于启动）。",
          en:
            "When: the dates of a plan's procedure contradict each other (completed before it started, published before it started)."
        ),
        Bilingual(zh: "结果：需人工裁量。", en: "Outcome: review."),
        Bilingual(zh: "可采取的办法：核对并更正日期。", en: "What to do: check the dates and correct them."),
      ]
    case .planFiguresDiffer:
      [
        Bilingual(
          zh: "何时给出：计划写明的合计、比率与其所列各数算得的不同。",
          en: "When: a total or rate that a plan states is not what its own figures come to."),
        Bilingual(
          zh: "结果：提示；有条款取决于该数的，该条按算得的数判定。",
          en: "Outcome: a note; a rule that hangs on the figure goes by what was worked out."),
        Bilingual(zh: "可采取的办法：核对并更正数字。", en: "What to do: check the figures and correct them."),
      ]
    case .figureNotPlausible:
      [
        Bilingual(
          zh: "何时给出：计划一年新增的机构或床位数超过任何地方可能的数量（机构 100 万家、床位 1000 万张）。",
          en:
            "When: a plan adds more institutions or beds in a year than any place can have (1,000,000 institutions, 10,000,000 beds)."
        ),
        Bilingual(zh: "结果：需人工裁量。", en: "Outcome: review."),
        Bilingual(zh: "可采取的办法：核对并更正数字。", en: "What to do: check the figure and correct it."),
      ]
    }
  }
}
