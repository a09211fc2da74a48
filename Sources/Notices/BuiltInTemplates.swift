/// The templates that come with planlint; `--write-templates` writes them for a bureau to edit.
package enum BuiltInTemplates {
  /// `notice` or `public-list` in a form; nil for any other name.
  package static func text(_ name: String, _ form: NoticeForm) -> String? {
    switch (name, form) {
    case ("notice", .html): noticeHTML
    case ("notice", .text): noticeText
    case ("public-list", .html): listHTML
    case ("public-list", .text): listText
    default: nil
    }
  }

  private static let head = """
    <!DOCTYPE html>
    <html lang="zh-CN">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <style>
    body { font: 16px/1.8 "Songti SC", SimSun, "Noto Serif CJK SC", serif; color: #000; background: #fff; max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem; }
    h1 { font-size: 1.5rem; text-align: center; line-height: 1.4; } h2 { font-size: 1.1rem; margin: 1.6rem 0 .4rem; } h3 { font-size: 1rem; margin: 0; }
    p { margin: .4rem 0; overflow-wrap: anywhere; } .indent { text-indent: 2em; } .number { text-align: right; }
    .status { border: 2px solid #8a5200; padding: .5rem .8rem; font-weight: bold; } .result { font-size: 1.15rem; font-weight: bold; text-align: center; margin: 1rem 0; }
    table { border-collapse: collapse; width: 100%; } th, td { border: 1px solid #555; padding: .25rem .6rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
    caption { text-align: left; font-size: .9rem; } tbody th { width: 9rem; font-weight: normal; } .list tbody th { width: auto; }
    section.finding { border-left: 3px solid #555; padding-left: .9rem; margin: .9rem 0; } blockquote { margin: .4rem 0; padding: .2rem .8rem; background: #f4f4f4; }
    figure { margin: .6rem 0; } .map { width: 18rem; max-width: 100%; height: auto; } .map text { font: 10px sans-serif; paint-order: stroke; stroke: #fff; stroke-width: 3px; } .map .radius { fill: #fff; stroke: #000; stroke-width: 1.5; }
    .map .spoke { stroke: #000; stroke-dasharray: 3 3; } .map .self { fill: #b3261e; } .map .rival { fill: #8a5200; } .map .outside { fill: #fff; stroke: #555; stroke-width: 1.5; }
    .map .doubt { fill: none; stroke: #555; stroke-dasharray: 2 2; } .map .scale { stroke: #000; stroke-width: 1.5; fill: none; }
    .fill td { height: 2.2rem; } .seal { text-align: right; margin-top: 2rem; } footer { border-top: 1px solid #555; margin-top: 2rem; font-size: .8rem; overflow-wrap: anywhere; }
    @page { size: A4; margin: 24mm 24mm 22mm; @bottom-center { content: counter(page) " / " counter(pages); font-size: 9pt; } }
    @media print { body { max-width: none; padding: 0; font-size: 12pt; } tr, blockquote, figure, .status, .seal { break-inside: avoid; } h2, h3 { break-after: avoid; } thead { display: table-header-group; } }
    </style>

    """

  private static let noticeHTML =
    head + """
      <title>{{title}} {{id}}</title>
      </head>
      <body>
      <main>
      {{! 本模板可由受理单位修改。双花括号中的名称由 planlint 填写，其余文字照印。 }}
      <h1>{{title}}</h1>
      <p class="number">文号：＿＿＿＿＿＿＿＿＿＿</p>
      {{#draft}}
      <p class="status">本件所对照的{{document}}为征求意见稿，尚未正式施行。本件仅供模拟测算和内部审核参考，不得单独作为作出正式决定的依据。</p>
      {{/draft}}
      {{#expired}}
      <p class="status">本件所对照的{{document}}规划期已于{{valid_to}}届满，本件仅供参考，须以现行文件为准。</p>
      {{/expired}}
      <p>{{name}}：</p>
      <p class="indent">你单位于{{submitted_words}}提交的医疗保障定点申请（编号：{{id}}；申请类别：{{categories}}）收悉。经对照{{document}}审核，现将结果告知如下：</p>
      <p class="result">审核结果：{{result}}</p>
      {{#admissible}}
      {{^ruled}}
      <p class="indent">你单位的申请符合上述文件的资源配置要求，拟予纳入。本结果仅就资源配置规划作出，最终以公示结果和受理单位的正式决定为准。</p>
      {{/ruled}}
      {{#ruled}}
      <p class="indent">你单位的申请涉及上述文件留待主管部门裁量的事项，已经裁量决定，拟予纳入。本结果仅就资源配置规划作出，最终以公示结果和受理单位的正式决定为准。</p>
      {{/ruled}}
      {{/admissible}}
      {{#waived}}
      <p class="indent">你单位的申请与上述文件的原则性规定不符，已由主管部门批准作为例外，拟予纳入。本结果仅就资源配置规划作出，最终以公示结果和受理单位的正式决定为准。</p>
      {{/waived}}
      {{#refused}}
      {{#in_principle}}
      <p class="indent">你单位的申请与上述文件的原则性规定不符，原则上不予纳入。该规定属原则性规定，是否作为例外，由主管部门决定。</p>
      {{/in_principle}}
      {{^in_principle}}
      {{#ruled}}
      <p class="indent">你单位的申请涉及上述文件留待主管部门裁量的事项，经裁量决定，不予纳入。</p>
      {{/ruled}}
      {{^ruled}}
      <p class="indent">你单位的申请不符合上述文件的规定，不予纳入。</p>
      {{/ruled}}
      {{/in_principle}}
      {{/refused}}
      {{#review}}
      <p class="indent">按上述文件，你单位的申请须由受理单位裁量，现转入人工审核，结果另行告知。</p>
      {{/review}}
      {{#waiting}}
      <p class="indent">你单位的申请须待排在前面的申请有定论后才能确定，届时另行告知。你单位现无需补充材料。</p>
      {{/waiting}}
      {{#incomplete}}
      <p class="indent">现有资料不足以作出结论。请按本件第四部分补正；应由受理单位核实的数据，由受理单位核实后继续审核。</p>
      {{/incomplete}}
      {{#pending}}
      <p class="indent">现有资料不足以作出结论，所缺数据由受理单位核实，核实后继续审核。你单位现无需补充材料。</p>
      {{/pending}}
      {{#outside}}
      <p class="indent">你单位的申请日期不在上述文件的规划期内，适用的文件须先由受理单位确认。本件所列意见按上述文件作出，仅供参考，不作为不予纳入的决定。</p>
      {{/outside}}

      <h2>一、审核所依据的情况</h2>
      <table>
      <caption>你单位申报的情况（来源：申请材料）</caption>
      <tbody>
      {{#particulars}}
      <tr><th scope="row">{{label}}</th><td>{{value}}</td></tr>
      {{/particulars}}
      </tbody>
      </table>
      {{#has_notes}}
      <p>上述申报内容中，下列各项按所述方式理解，与实际不符的请向受理单位说明：</p>
      <ul>
      {{#notes}}
      <li>{{note}}</li>
      {{/notes}}
      </ul>
      {{/has_notes}}
      <p>审核使用的资料：{{#inputs}}{{role}}　{{/inputs}}</p>

      <h2>二、审核意见</h2>
      {{^has_findings}}
      <p class="indent">未发现不符合或需进一步核实的事项。</p>
      {{/has_findings}}
      {{#findings}}
      <section class="finding">
      <h3>（{{number}}）{{outcome}}{{#has_category}}　类别：{{category}}{{/has_category}}</h3>
      <p>{{message}}</p>
      {{#laws}}
      <blockquote><p>{{law_document}}{{at}}：“{{quote}}”（{{modality}}）</p></blockquote>
      {{/laws}}
      {{#has_arithmetic}}<p>计算：{{arithmetic}}</p>{{/has_arithmetic}}
      {{#has_rank}}<p>择优顺序：{{rank}}</p>{{/has_rank}}
      {{#has_hangs_on}}<p>尚未定论的在先申请：{{hangs_on}}</p>{{/has_hangs_on}}
      {{#has_neighbours}}
      <figure>
      {{drawing}}
      <figcaption>半径 {{radius}} 米范围及邻近机构（▲ 你单位　● 已定点机构　○ 圆外机构；按比例绘制，上北下南）：</figcaption>
      <ol>
      {{#neighbours}}
      <li>{{neighbour}}</li>
      {{/neighbours}}
      </ol>
      {{#has_more_neighbours}}<p>另有 {{more_neighbours}} 家，未逐一列出。</p>{{/has_more_neighbours}}
      </figure>
      {{/has_neighbours}}
      {{#has_considered}}
      <p>豁免与例外情形的审查：</p>
      <ul>
      {{#considered}}
      <li>{{consideration}}</li>
      {{/considered}}
      </ul>
      {{/has_considered}}
      {{#has_waiver}}<p>经批准的例外：{{waiver}}</p>{{/has_waiver}}
      {{#has_ruling}}<p>裁量决定：{{ruling}}</p>{{/has_ruling}}
      {{#reconstructed}}<p>{{formula}}</p>{{/reconstructed}}
      </section>
      {{/findings}}

      <h2>三、符合的要求和不适用的规定</h2>
      {{^has_met}}<p class="indent">无。</p>{{/has_met}}
      {{#has_met}}
      <ul>
      {{#met}}
      <li>{{met_message}}（{{met_law}}）</li>
      {{/met}}
      </ul>
      {{/has_met}}

      {{#has_answers}}
      <p>对你单位申报情形的答复：</p>
      <ul>
      {{#answers}}
      <li>{{answer}}</li>
      {{/answers}}
      </ul>
      {{/has_answers}}

      <h2>四、补正材料与可采取的办法</h2>
      {{^has_cure}}<p class="indent">无需补正。</p>{{/has_cure}}
      {{#asks_applicant}}
      <p>请你单位补充下列材料：</p>
      <ol>
      {{#from_applicant}}
      <li>{{item}}</li>
      {{/from_applicant}}
      </ol>
      {{/asks_applicant}}
      {{#asks_authority}}
      <p>下列资料待受理单位核实，无需你单位提供：</p>
      <ol>
      {{#from_authority}}
      <li>{{item}}</li>
      {{/from_authority}}
      </ol>
      {{/asks_authority}}
      {{#has_remedies}}
      <p>可采取的办法：</p>
      <ol>
      {{#remedies}}
      <li>{{remedy}}</li>
      {{/remedies}}
      </ol>
      {{/has_remedies}}

      <h2>五、联系方式与救济途径（由受理单位填写）</h2>
      <table class="fill">
      <tbody>
      <tr><th scope="row">受理单位</th><td></td></tr>
      <tr><th scope="row">联系人</th><td></td></tr>
      <tr><th scope="row">联系电话</th><td></td></tr>
      <tr><th scope="row">补正期限</th><td></td></tr>
      <tr><th scope="row">陈述、申辩</th><td>如有异议，可于＿＿＿＿＿＿前向＿＿＿＿＿＿＿＿提出</td></tr>
      <tr><th scope="row">行政复议</th><td>机关：＿＿＿＿＿＿＿＿　期限：＿＿＿＿＿＿</td></tr>
      <tr><th scope="row">行政诉讼</th><td>法院：＿＿＿＿＿＿＿＿　期限：＿＿＿＿＿＿</td></tr>
      </tbody>
      </table>
      {{#draft}}<p>本件不是正式决定。正式决定作出时，由受理单位一并告知救济途径、机关和期限。</p>{{/draft}}
      <p class="seal">受理单位（盖章）：＿＿＿＿＿＿＿＿＿＿<br>{{as_of_words}}</p>
      </main>
      <footer>
      <p>复核信息：planlint {{version}}；政策档案 SHA-256 {{profile_sha256}}；决定日期 {{as_of}}</p>
      {{#inputs}}
      <p>{{role}} SHA-256 {{sha256}}</p>
      {{/inputs}}
      </footer>
      </body>
      </html>

      """

  private static let noticeText = """
    {{! 本模板可由受理单位修改。双花括号中的名称由 planlint 填写，其余文字照印。 }}
    {{title}}

    文号：＿＿＿＿＿＿＿＿＿＿

    {{#draft}}
    【本件所对照的{{document}}为征求意见稿，尚未正式施行。本件仅供模拟测算和内部审核参考，不得单独作为作出正式决定的依据。】

    {{/draft}}
    {{#expired}}
    【本件所对照的{{document}}规划期已于{{valid_to}}届满，本件仅供参考，须以现行文件为准。】

    {{/expired}}
    {{name}}：

    　　你单位于{{submitted_words}}提交的医疗保障定点申请（编号：{{id}}；申请类别：{{categories}}）收悉。经对照{{document}}审核，现将结果告知如下：

    审核结果：{{result}}

    {{#admissible}}
    {{^ruled}}
    　　你单位的申请符合上述文件的资源配置要求，拟予纳入。本结果仅就资源配置规划作出，最终以公示结果和受理单位的正式决定为准。
    {{/ruled}}
    {{#ruled}}
    　　你单位的申请涉及上述文件留待主管部门裁量的事项，已经裁量决定，拟予纳入。本结果仅就资源配置规划作出，最终以公示结果和受理单位的正式决定为准。
    {{/ruled}}
    {{/admissible}}
    {{#waived}}
    　　你单位的申请与上述文件的原则性规定不符，已由主管部门批准作为例外，拟予纳入。本结果仅就资源配置规划作出，最终以公示结果和受理单位的正式决定为准。
    {{/waived}}
    {{#refused}}
    {{#in_principle}}
    　　你单位的申请与上述文件的原则性规定不符，原则上不予纳入。该规定属原则性规定，是否作为例外，由主管部门决定。
    {{/in_principle}}
    {{^in_principle}}
    {{#ruled}}
    　　你单位的申请涉及上述文件留待主管部门裁量的事项，经裁量决定，不予纳入。
    {{/ruled}}
    {{^ruled}}
    　　你单位的申请不符合上述文件的规定，不予纳入。
    {{/ruled}}
    {{/in_principle}}
    {{/refused}}
    {{#review}}
    　　按上述文件，你单位的申请须由受理单位裁量，现转入人工审核，结果另行告知。
    {{/review}}
    {{#waiting}}
    　　你单位的申请须待排在前面的申请有定论后才能确定，届时另行告知。你单位现无需补充材料。
    {{/waiting}}
    {{#incomplete}}
    　　现有资料不足以作出结论。请按本件第四部分补正；应由受理单位核实的数据，由受理单位核实后继续审核。
    {{/incomplete}}
    {{#pending}}
    　　现有资料不足以作出结论，所缺数据由受理单位核实，核实后继续审核。你单位现无需补充材料。
    {{/pending}}
    {{#outside}}
    　　你单位的申请日期不在上述文件的规划期内，适用的文件须先由受理单位确认。本件所列意见按上述文件作出，仅供参考，不作为不予纳入的决定。
    {{/outside}}

    一、审核所依据的情况

    你单位申报的情况（来源：申请材料）：
    {{#particulars}}
    　　{{label}}：{{value}}
    {{/particulars}}
    {{#has_notes}}
    上述申报内容中，下列各项按所述方式理解，与实际不符的请向受理单位说明：
    {{#notes}}
    　　{{note}}
    {{/notes}}
    {{/has_notes}}
    审核使用的资料：
    {{#inputs}}
    　　{{role}}
    {{/inputs}}

    二、审核意见

    {{^has_findings}}
    　　未发现不符合或需进一步核实的事项。

    {{/has_findings}}
    {{#findings}}
    （{{number}}）{{message}}
    {{#has_category}}
    　　类别：{{category}}
    {{/has_category}}
    {{#laws}}
    　　依据：{{law_document}}{{at}}“{{quote}}”（{{modality}}）
    {{/laws}}
    {{#has_arithmetic}}
    　　计算：{{arithmetic}}
    {{/has_arithmetic}}
    {{#has_rank}}
    　　择优顺序：{{rank}}
    {{/has_rank}}
    {{#has_hangs_on}}
    　　尚未定论的在先申请：{{hangs_on}}
    {{/has_hangs_on}}
    {{#has_neighbours}}
    　　半径 {{radius}} 米范围及邻近机构：
    {{#neighbours}}
    　　　　{{neighbour}}
    {{/neighbours}}
    {{#has_more_neighbours}}
    　　　　另有 {{more_neighbours}} 家，未逐一列出。
    {{/has_more_neighbours}}
    {{/has_neighbours}}
    {{#has_considered}}
    　　豁免与例外情形的审查：
    {{#considered}}
    　　　　{{consideration}}
    {{/considered}}
    {{/has_considered}}
    {{#has_waiver}}
    　　经批准的例外：{{waiver}}
    {{/has_waiver}}
    {{#has_ruling}}
    　　裁量决定：{{ruling}}
    {{/has_ruling}}
    {{#reconstructed}}
    　　{{formula}}
    {{/reconstructed}}

    {{/findings}}
    三、符合的要求和不适用的规定

    {{^has_met}}
    　　无。
    {{/has_met}}
    {{#met}}
    　　{{met_message}}（{{met_law}}）
    {{/met}}

    {{#has_answers}}
    对你单位申报情形的答复：
    {{#answers}}
    　　{{answer}}
    {{/answers}}

    {{/has_answers}}
    四、补正材料与可采取的办法

    {{^has_cure}}
    　　无需补正。
    {{/has_cure}}
    {{#asks_applicant}}
    请你单位补充下列材料：
    {{#from_applicant}}
    　　{{item}}
    {{/from_applicant}}
    {{/asks_applicant}}
    {{#asks_authority}}
    下列资料待受理单位核实，无需你单位提供：
    {{#from_authority}}
    　　{{item}}
    {{/from_authority}}
    {{/asks_authority}}
    {{#has_remedies}}
    可采取的办法：
    {{#remedies}}
    　　{{remedy}}
    {{/remedies}}
    {{/has_remedies}}

    五、联系方式与救济途径（由受理单位填写）

    受理单位：＿＿＿＿＿＿＿＿＿＿
    联系人：＿＿＿＿＿＿＿＿＿＿
    联系电话：＿＿＿＿＿＿＿＿＿＿
    补正期限：＿＿＿＿＿＿＿＿＿＿
    陈述、申辩：如有异议，可于＿＿＿＿＿＿前向＿＿＿＿＿＿＿＿提出
    行政复议：机关＿＿＿＿＿＿＿＿　期限＿＿＿＿＿＿
    行政诉讼：法院＿＿＿＿＿＿＿＿　期限＿＿＿＿＿＿
    {{#draft}}
    本件不是正式决定。正式决定作出时，由受理单位一并告知救济途径、机关和期限。
    {{/draft}}

    　　　　　　　　　　　　　　　　受理单位（盖章）：＿＿＿＿＿＿＿＿＿＿
    　　　　　　　　　　　　　　　　{{as_of_words}}

    ----
    复核信息：planlint {{version}}；政策档案 SHA-256 {{profile_sha256}}；决定日期 {{as_of}}
    {{#inputs}}
    {{role}} SHA-256 {{sha256}}
    {{/inputs}}

    """

  private static let listHTML =
    head + """
      <title>{{tenant}}医疗保障定点申请审核结果公示</title>
      </head>
      <body>
      <main>
      {{! 本模板可由受理单位修改。名单不含评分、坐标和联系方式。 }}
      <h1>{{tenant}}医疗保障定点申请审核结果公示</h1>
      {{#any_draft}}
      <p class="status">所对照的文件为征求意见稿，尚未正式施行。本名单仅供模拟测算和内部审核参考，不得对外公示。</p>
      {{/any_draft}}
      <p class="indent">经对照{{#documents}}{{document}}{{/documents}}审核，现将 {{count}} 件申请的审核结果公示如下。公示期：＿＿＿＿＿＿至＿＿＿＿＿＿；受理单位：＿＿＿＿＿＿＿＿；联系电话：＿＿＿＿＿＿＿＿。</p>
      <table class="list">
      <caption>审核结果</caption>
      <thead><tr><th scope="col">序号</th><th scope="col">机构名称</th><th scope="col">机构类别</th><th scope="col">申请类别</th><th scope="col">所在区</th><th scope="col">审核结果</th></tr></thead>
      <tbody>
      {{#rows}}
      <tr><td>{{number}}</td><th scope="row">{{name}}</th><td>{{kind}}</td><td>{{categories}}</td><td>{{district}}</td><td>{{result}}</td></tr>
      {{/rows}}
      </tbody>
      </table>
      <p class="seal">受理单位（盖章）：＿＿＿＿＿＿＿＿＿＿<br>{{as_of_words}}</p>
      </main>
      <footer>
      {{#documents}}
      <p>复核信息：planlint {{version}}；政策档案 SHA-256 {{profile_sha256}}；决定日期 {{as_of}}</p>
      {{/documents}}
      </footer>
      </body>
      </html>

      """

  private static let listText = """
    {{! 本模板可由受理单位修改。名单不含评分、坐标和联系方式。 }}
    {{tenant}}医疗保障定点申请审核结果公示

    {{#any_draft}}
    【所对照的文件为征求意见稿，尚未正式施行。本名单仅供模拟测算和内部审核参考，不得对外公示。】

    {{/any_draft}}
    　　经对照{{#documents}}{{document}}{{/documents}}审核，现将 {{count}} 件申请的审核结果公示如下。
    　　公示期：＿＿＿＿＿＿至＿＿＿＿＿＿；受理单位：＿＿＿＿＿＿＿＿；联系电话：＿＿＿＿＿＿＿＿。

    序号　机构名称　机构类别　申请类别　所在区　审核结果
    {{#rows}}
    {{number}}　{{name}}　{{kind}}　{{categories}}　{{district}}　{{result}}
    {{/rows}}

    　　　　　　　　　　　　　　　　受理单位（盖章）：＿＿＿＿＿＿＿＿＿＿
    　　　　　　　　　　　　　　　　{{as_of_words}}

    ----
    {{#documents}}
    复核信息：planlint {{version}}；政策档案 SHA-256 {{profile_sha256}}；决定日期 {{as_of}}
    {{/documents}}

    """
}
