import Diagnostics
import Testing

@testable import PolicyDesk

@Suite("The words of a sentence say how binding it is")
struct BindingWordsTests {
  private static let sentences: [(quotes: [String], modalities: Set<Modality>)] = [
    // A figure that is explained, by a colon or by a word.
    (["测算值：医保筹资可承担的2030年每千人床位数"], [.definition, .data]),
    (["报销额度：平均每家药店年度统筹基金支出金额"], [.definition]),
    (["标准化承载能力：是指药店所能够承载的年度最大人次数"], [.definition]),
    (["覆盖范围界定为半径为800米的圆的面积"], [.definition, .data]),
    // What follows a colon may also be asked for.
    (["定点药店：每个街道配置1家"], [.must, .definition, .data]),
    (["规划总量：定点药店4092家"], [.must, .definition, .data]),
    (["药店数量：按照常住人口，确定各区药店数量"], [.must, .definition]),
    // Formulas of figures that are observed, and of those that are planned.
    (["实际值=实际开放的床位数/参保人数量"], [.definition]),
    (["结余率=（基金收入-基金支出）/基金收入×100%"], [.definition, .data]),
    (["区域内可新增量=区域内规划数量-区域内实有数量"], [.must, .definition]),
    (["各区药店数量=全市规划总量×0.5"], [.must, .definition, .data]),
    // How large the land is, and how large a shop has to be.
    (["扣除河流、湖泊后，确定为6352平方千米", "建成区面积：935.97平方千米"], [.definition, .data]),
    (["建成区面积：935.97平方千米", "每个街道配置1家药店"], [.must, .definition, .data]),
    (["药店营业面积80平方米"], [.must, .definition, .data]),
    // What is there, and what is planned to be.
    (["全市正常运行的药店共计4684家"], [.data, .definition]),
    (["全市规划药店共计4092家"], [.must, .data, .definition]),
    (["全市药店4092家"], [.must, .data, .definition]),
    // Support that may be given, and support.
    (["可酌情对国家医学中心予以适当支持"], [.may]),
    (["支持药店连锁化发展"], [.priority, .may]),
    (["可结合实际放宽，支持基层医疗机构"], [.priority, .may]),
    (["可优先支持基层医疗机构"], [.priority]),
    // 要求 as a noun binds nobody, and a key project is no word of priority.
    (["对重点建设项目的医疗机构，本规划的相关要求可结合实际情况调整"], [.may]),
    (["要求每个区至少有1家"], [.must]),
    (["重点在乡镇设置"], [.priority]),
  ]

  @Test("a sentence is taken for what its words and its form allow", arguments: sentences.indices)
  func reads(_ index: Int) {
    let sentence = Self.sentences[index]
    #expect(BindingWords(sentence.quotes).modalities == sentence.modalities, "\(sentence.quotes)")
  }
}
