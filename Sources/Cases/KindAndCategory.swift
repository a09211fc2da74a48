package import Diagnostics

/// What a kind of institution cannot be designated for (semantics.md 4.9).
///
/// A retail pharmacy asks for pharmacy categories, a medical institution for medical ones; inpatient care is for kinds that can have
/// beds, and asks for at least one. Anything else is left to a person, whatever the rules say, so that no rule is escaped by
/// asking for a category that does not fit.
extension Application {
  /// The categories asked for that do not fit the kind, or that ask for no bed.
  package var misfits: [Category] {
    // Asked of every application of a run, of which hardly one has any.
    let fitting = requests.isSubset(of: Self.fitting(kind))
    if fitting, !requests.contains(.inpatient) || !asksForNoBed(.inpatient) { return [] }
    return requests.words.filter { category in
      !Self.fitting(kind).contains(category) || asksForNoBed(category)
    }
  }

  /// Whether it asks for inpatient care anew and for no bed. One that holds it already and adds none changes nothing.
  package func asksForNoBed(_ category: Category) -> Bool {
    category == .inpatient && beds == 0 && !designatedFor.contains(.inpatient)
      && Self.fitting(kind).contains(.inpatient)
  }

  package func misfit(_ category: Category, _ words: Vocabularies) -> Bilingual {
    if asksForNoBed(category) {
      return Bilingual(
        zh: "申请住院定点而申请床位为 0 张，须人工核实申请内容",
        en: "asks for inpatient care and for no bed; a person has to find out what is asked for")
    }
    let (kind, category) = (words.kind[kind].label, words.category[category].label)
    return Bilingual(
      zh: "\(kind.zh)一般不能申请\(category.zh)，须人工核实机构类别和申请类别",
      en:
        "an institution of this kind (\(kind.en)) does not ask for \(category.en) as a rule; a person has to check both"
    )
  }

  private static func fitting(_ kind: Kind) -> WordSet<Category> {
    switch kind {
    case .retailPharmacy: pharmacyCategories
    case .hospital, .nursingHospital, .communityHealthCenter, .townshipHealthCenter, .otherMedical:
      medicalCategories
    case .clinic, .outpatientDepartment, .communityHealthStation, .villageClinic:
      categoriesWithoutBeds
    // What a tenant's own kind asks for is for its document to say.
    default: WordSet(Category.builtIn.all()).union(.beyondBuiltIn)
    }
  }

  private static let pharmacyCategories = WordSet<Category>([
    .retailPharmacy, .pooledPharmacy, .chronicPharmacy, .dualChannelPharmacy, .specialDrugPharmacy,
  ]).union(.beyondBuiltIn)
  private static let medicalCategories = WordSet<Category>([.inpatient, .outpatient, .medicalAid])
    .union(.beyondBuiltIn)
  private static let categoriesWithoutBeds = WordSet<Category>([.outpatient, .medicalAid])
    .union(.beyondBuiltIn)
}
