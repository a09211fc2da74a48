import Diagnostics

/// Categories of designation, in `requests`, `stock`, `planned`, `annual_plan` and `terminated`.
package struct Category: Vocabulary {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let inpatient = Category(rawValue: 0)
  package static let outpatient = Category(rawValue: 1)
  package static let retailPharmacy = Category(rawValue: 2)
  package static let pooledPharmacy = Category(rawValue: 3)
  package static let chronicPharmacy = Category(rawValue: 4)
  package static let dualChannelPharmacy = Category(rawValue: 5)
  package static let specialDrugPharmacy = Category(rawValue: 6)
  package static let medicalAid = Category(rawValue: 7)

  package static let builtIn = VocabularyTable(
    "category", zh: "定点类别", en: "category of designation",
    [
      ("inpatient", "住院", "inpatient"),
      ("outpatient", "门诊", "outpatient"),
      ("retail_pharmacy", "定点零售药店", "retail pharmacy"),
      ("pooled_pharmacy", "门诊统筹药店", "pooled outpatient pharmacy"),
      ("chronic_pharmacy", "门慢特药店", "chronic disease pharmacy"),
      ("dual_channel_pharmacy", "“双通道”药店", "dual-channel pharmacy"),
      ("special_drug_pharmacy", "特药药店", "special drug pharmacy"),
      ("medical_aid", "医疗救助定点", "medical aid"),
    ],
    synonyms: [
      ("inpatient", ["住院定点", "定点住院"]),
      ("outpatient", ["门诊定点", "定点门诊"]),
      ("retail_pharmacy", ["零售药店", "定点药店"]),
      ("pooled_pharmacy", ["门诊统筹", "门诊统筹定点药店"]),
      ("chronic_pharmacy", ["门慢特", "门慢特定点药店", "门诊慢特病药店", "慢特病药店"]),
      ("dual_channel_pharmacy", ["双通道", "双通道定点药店"]),
      ("special_drug_pharmacy", ["特药", "特药定点药店"]),
      ("medical_aid", ["医疗救助"]),
    ])
}

/// Kinds of institution.
package struct Kind: Vocabulary {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let retailPharmacy = Kind(rawValue: 0)
  package static let clinic = Kind(rawValue: 1)
  package static let outpatientDepartment = Kind(rawValue: 2)
  package static let hospital = Kind(rawValue: 3)
  package static let nursingHospital = Kind(rawValue: 4)
  package static let communityHealthCenter = Kind(rawValue: 5)
  package static let communityHealthStation = Kind(rawValue: 6)
  package static let townshipHealthCenter = Kind(rawValue: 7)
  package static let villageClinic = Kind(rawValue: 8)
  package static let otherMedical = Kind(rawValue: 9)

  package static let builtIn = VocabularyTable(
    "kind", zh: "机构类别", en: "kind of institution",
    [
      ("retail_pharmacy", "零售药店", "retail pharmacy"),
      ("clinic", "诊所", "clinic"),
      ("outpatient_department", "门诊部", "outpatient department"),
      ("hospital", "医院", "hospital"),
      ("nursing_hospital", "护理院", "nursing hospital"),
      ("community_health_center", "社区卫生服务中心", "community health center"),
      ("community_health_station", "社区卫生服务站", "community health station"),
      ("township_health_center", "乡镇卫生院", "township health center"),
      ("village_clinic", "村卫生室", "village clinic"),
      ("other_medical", "其他医疗机构", "other medical institution"),
    ],
    synonyms: [
      ("retail_pharmacy", ["药店", "定点零售药店"]),
      ("township_health_center", ["卫生院"]),
      ("village_clinic", ["卫生室"]),
      ("other_medical", ["其他"]),
    ])
}

/// Whether a place lies in the built-up area.
package struct Area: Vocabulary {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let builtIn = VocabularyTable(
    "area", zh: "所在区域", en: "area",
    [
      ("built_up", "建成区", "built-up area"),
      ("outside_built_up", "非建成区", "outside the built-up area"),
    ],
    synonyms: [
      ("outside_built_up", ["建成区外", "建成区以外"])
    ])
}

/// The setting of a place, as Wuhan's plan tells them apart.
package struct Setting: Vocabulary {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let builtIn = VocabularyTable(
    "setting", zh: "区位类型", en: "setting",
    [
      ("central", "中心城区", "central district"),
      ("district_seat", "新城区区治所在地", "seat of a new district"),
      ("functional_zone", "功能区", "functional zone"),
      ("rural_street", "涉农街道（乡镇）", "rural street or township"),
      ("village", "行政村", "village"),
    ],
    synonyms: [
      ("district_seat", ["区治所在地"]),
      ("rural_street", ["涉农街道", "涉农乡镇"]),
    ])
}

/// Grades of medical institutions; ungraded is not a grade.
package struct Grade: Vocabulary {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let builtIn = VocabularyTable(
    "grade", zh: "机构等级", en: "grade",
    [
      ("tertiary", "三级", "tertiary"),
      ("secondary", "二级", "secondary"),
      ("primary", "一级", "primary"),
      ("ungraded", "未定级", "ungraded"),
    ],
    synonyms: [
      ("tertiary", ["三级特等", "三级甲等", "三级乙等", "三级丙等", "三甲", "三乙"]),
      ("secondary", ["二级甲等", "二级乙等", "二级丙等", "二甲", "二乙"]),
      ("primary", ["一级甲等", "一级乙等", "一级丙等", "一甲", "一乙"]),
      ("ungraded", ["未评级", "未定等", "无等级"]),
    ])
}

/// Specialties.
package struct Specialty: Vocabulary {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let builtIn = VocabularyTable(
    "specialty", zh: "专科", en: "specialty",
    [
      ("general", "综合", "general"),
      ("tcm", "中医", "TCM"),
      ("psychiatry", "精神", "psychiatry"),
      ("rehabilitation", "康复", "rehabilitation"),
      ("nursing", "护理", "nursing"),
      ("hospice", "安宁疗护", "hospice"),
      ("occupational_disease", "职业病防治", "occupational disease"),
      ("stomatology", "口腔", "stomatology"),
      ("geriatrics", "老年病", "geriatrics"),
      ("pediatrics", "儿科", "pediatrics"),
    ],
    synonyms: [
      ("general", ["综合医院"]),
      ("tcm", ["中医医院"]),
      ("psychiatry", ["精神科", "精神病", "精神卫生"]),
      ("rehabilitation", ["康复医学"]),
      ("occupational_disease", ["职业病"]),
      ("stomatology", ["口腔科"]),
      ("geriatrics", ["老年", "老年医学"]),
      ("pediatrics", ["儿童"]),
    ])
}

/// Who owns an institution.
package struct Ownership: Vocabulary {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let builtIn = VocabularyTable(
    "ownership", zh: "所有制", en: "ownership",
    [
      ("public", "公立", "public"),
      ("private", "民营", "private"),
    ],
    synonyms: [
      ("public", ["公办", "政府办"]),
      ("private", ["私立", "民办", "社会办", "社会办医"]),
    ])
}

/// What an application claims beside its figures.
package struct Circumstance: Vocabulary {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let builtIn = VocabularyTable(
    "circumstance", zh: "申报情形", en: "circumstance",
    [
      ("key_project", "列入重点建设项目", "key project"),
      ("national_medical_center", "国家医学中心", "national medical center"),
      ("regional_medical_center", "区域医疗中心", "regional medical center"),
      ("public_health_duty", "承担公共卫生任务", "public health duty"),
      ("in_facility_plan", "列入医疗机构设置规划", "in the facility plan"),
      ("underserved_area", "分布不均衡区域", "underserved area"),
      ("shortage_specialty", "短板资源类", "shortage specialty"),
      ("embedded_in_university", "高等院校内设", "embedded in a university"),
      ("embedded_in_elderly_care", "养老机构内设", "embedded in elderly care"),
      ("integrated_village_clinic", "一体化管理的村卫生室", "integrated village clinic"),
      ("dense_population", "人口密集区域", "dense population"),
      ("internet_hospital", "互联网医院", "internet hospital"),
    ],
    synonyms: [
      ("key_project", ["重点建设项目", "重点项目"]),
      ("public_health_duty", ["公共卫生任务"]),
      ("shortage_specialty", ["短板资源"]),
      ("embedded_in_university", ["高校内设"]),
      ("dense_population", ["人口密集"]),
    ])
}

/// Whether an agreement is in force; terminated institutions are not counted, the others are: one that is leaving until it is
/// replaced.
package struct RegistryStatus: Vocabulary {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let active = RegistryStatus(rawValue: 0)
  package static let suspended = RegistryStatus(rawValue: 1)
  package static let terminated = RegistryStatus(rawValue: 2)
  package static let leaving = RegistryStatus(rawValue: 3)

  package static let builtIn = VocabularyTable(
    "status", zh: "定点状态", en: "status",
    [
      ("active", "正常", "active"),
      ("suspended", "中止", "suspended"),
      ("terminated", "终止", "terminated"),
      ("leaving", "拟退出", "leaving"),
    ],
    synonyms: [
      ("active", ["在用", "有效", "已定点"]),
      ("suspended", ["暂停", "中止协议", "暂停协议"]),
      ("terminated", ["解除", "终止协议", "解除协议", "退出"]),
      ("leaving", ["拟解除", "拟终止", "拟解除协议", "拟终止协议", "申请退出"]),
    ])
}

extension Institution {
  /// No hospital group that every tenant knows; any name may stand there.
  static let noGroups = VocabularyTable(
    "group", zh: "所属集团", en: "hospital group", [], isOpen: true)
}
