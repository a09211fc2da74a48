/// What commands and options say of themselves in Chinese.
///
/// A command goes by its name (`policy check`); what is said beyond its one line by the name with `…`. An option goes by its name, with
/// the command's in front where that one means something else by it (`init --city`).
enum ChineseHelpTexts {
  static let texts: [String: String] = [
    "": "依据统筹地区的规划，检查医保定点申请和资源配置规划。",
    "…": """
    planlint --city huaibei applications.yaml 逐件给出结论（符合、不符合、需人工裁量或资料不足），引用据以判定的原文，并列明计算。默认命令为 `check`。

    政策档案依次在 --policies 目录、PLANLINT_POLICIES、./policies，以及程序所在目录或其上级的 `policies`、`share/planlint/policies` 中查找。目录的默认设置写在 \
    planlint.yaml 中；`planlint config` 列出各项设置及其来源。

    退出码：0 全部符合；1 至少一件不符合；3 没有不符合，但有需人工裁量或资料不足的（加 --fail-on fail 时为 0）；2 用法有误、输入无法读取或有误、政策档案有误。

    环境变量：LANG、LC_ALL（语言）、NO_COLOR、FORCE_COLOR、PLANLINT_POLICIES。
    """,
    "--version": "显示版本。",
    "--help": "显示帮助。",
    "help": "显示某个命令的帮助。",

    "check": "依据统筹地区的规划检查定点申请（默认命令）。",
    "check…": """
    多个文件视为一批，其中的申请竞争同一批名额，--separate 除外。基础数据和名册取自选项，没有选项的取自申请文件所写的路径。未给出文件的，检查 planlint.yaml 中 \
    `applications:` 所列的文件。缺少的数据使需要它的规则为“资料不足”。

    --what-if 在每一项不利结果之后列出改变什么即可改变结果，均经重新判定：可通过的最多床位、所需的评分或位次、圆外最近的位置（5 公里以内）、缺失数据的何种取值可通过、\
    已有数据的后续年度、少申请一项类别；并说明整件申请届时的结论。他人的申请视为不变，因此不构成承诺。
    """,
    "--city": "统筹地区：编号（huaibei）、所辖城市、中文名称（淮北）或行政区划代码。默认取文件所写。",
    "--facts": "年度基础数据（facts/1，或表格、工作表）；优先于文件所写。",
    "--as-of": "决定日期，YYYY-MM-DD。默认取文件所写，没有写的为最后一个申请日期。",
    "--profile": "不论日期，按此政策档案判定。",
    "--policies": "政策档案目录。",
    "--policy": "按这一个政策档案判定，不用目录；与 --tenant 同用。",
    "--tenant": "--policy 所属的统筹地区文件（tenant.yaml）。",
    "--format":
      "报告格式：text、concise、json、jsonl、sarif、sarif-github、junit、github、gitlab、csv、markdown、html、xlsx；加“=文件”写入文件。可多次给出。",
    "--lang": "提示和报告的语言：zh 或 en。默认取自 LC_ALL 或 LANG，均无时为 zh。",
    "--fail-on": "取 `fail` 时，只有不符合才使退出码不为 0（3 变为 0）。默认为 review。",
    "--show": "取 `all` 时，也显示符合、豁免和不适用的。默认为 usual。",
    "--rule": "只显示这一规则的检查结果，不改变结论。可多次给出。",
    "--outcome": "只显示这种结果，不改变结论。可多次给出。",
    "--subject": "只显示这一件申请（或城市、区县），按编号；不改变结论和退出码。可多次给出。",
    "--detail":
      "json、jsonl、csv 对每件写多少：`verdict` 为编号、结论和各规则的结果，`finding` 另有数值、位置和缺失的数据。默认为 full（全部）。",
    "--baseline": "只显示与此基线相比新出现的，以及已消除的。基线中已有的不计入退出码；较基线更差的视为新出现。",
    "--write-baseline": "把本次结果写成基线（先读 --baseline）；两者可以是同一文件。",
    "--quiet": "标准错误只写错误，不写提示和进度。",
    "--verbose": "在标准错误说明检查的经过：设置、所读文件、选用的政策档案及理由、读法。",
    "--stats": "在标准错误按规则和结果统计，并列出各阶段用时和内存：--stats，或供程序使用的 --stats=json。",
    "--config": "设置文件。默认为从第一个输入所在目录起向上、至其 git 仓库根目录为止的第一个 planlint.yaml。",
    "--no-config": "不用设置文件。",
    "--allow-outside": "允许输入和设置文件指明其目录以外的文件；报错时不引用其中的内容。",
    "--registry": "现有定点机构名册（CSV、XLSX、GeoJSON、YAML 或 JSON）；优先于文件所写。",
    "--waivers": "批准的例外和裁量决定（waivers/1）：批准的例外针对原则性规则，裁量决定针对留给人工的事项。",
    "--datum": "未注明坐标系的位置所用坐标系：wgs84、cgcs2000、gcj02 或 bd09。",
    "--separate": "各文件中的申请只在本文件内竞争。",
    "--what-if": "对每一项结果，列出其他条件不变时改变什么即可通过，均经判定：床位、评分或位次、位置、缺失数据的取值、后续年度、少申请一项。只用于申请，不用于规划。",
    "<file>": "申请（applications/1）：YAML、JSON、JSON Lines、CSV、XLSX（`文件.xlsx#工作表`）或 GeoJSON；`-` 为标准输入。",

    "watch": "输入、设置或政策档案一有改动，即重新检查。",
    "watch…": """
    其后为 planlint 的一个命令及其选项：`planlint watch --city huaibei applications.yaml` 检查申请，`planlint watch plan plan.yaml`、\
    `planlint watch policy test --city huaibei` 与单独运行时相同。所看的是命令所写的文件、这些文件和设置文件所写的基础数据与名册，以及政策档案；不看命令写出的文件。不论结论\
    如何，一直运行到中止（Ctrl-C）为止。

    退出码：没有可看的文件或命令无法运行的为 2。
    """,
    "watch <command>": "planlint 的一个命令及其选项；不写命令的为 `check`。",

    "compare": "把同一批申请按几个统筹地区的政策档案分别检查。",
    "compare…": """
    每件申请一行，每个统筹地区一列：结论，以及不符合、资料不足或需人工裁量的规则。文件所写的 `city:` 不起作用；其 `facts:` 和 `registry:` 只用于它所写的统筹地区。没有基础\
    数据的统筹地区，其数值为未知，未列的区县亦然。退出码：0 在各地均符合；1 至少一地有不符合；3 没有不符合，但有需人工裁量或资料不足的；2 用法或输入有误。
    """,
    "--cities": "统筹地区，至少两个，以逗号分隔：huaibei,xian。",
    "compare --facts": "某统筹地区的年度基础数据（huaibei=facts.yaml），或共用的一份。可对各地分别给出。",
    "compare --registry": "某统筹地区的现有定点机构名册，或共用的一份。可对各地分别给出。",
    "compare --format": "`text` 供人阅读，`json` 供程序使用，含两种语言。默认为 text。",

    "plan": "依据规划文件检查城市或区县的资源配置规划。",
    "plan…": "未给出文件的，检查 planlint.yaml 中 `plans:` 所列的文件。",
    "plan <file>": "规划（plan/1），YAML 或 JSON；`-` 为标准输入。",

    "allocate": "按规划的公式测算名额。",
    "allocate…": "由基础数据得出总量、各区县份额和本年增量。已公布的数值优先于测算的。退出码：0 全部得出；3 部分缺少数据；2 基础数据或政策档案无法读取。",
    "allocate --year": "规划年度。默认为基础数据的年度。",
    "allocate --format": "text：表格；json：供程序使用，数值为精确的文本；plan：`planlint plan` 可读的规划文件。",

    "gaps": "绘出某类机构目前在何处新设可以通过。",
    "gaps…": """
    空白处是按名册上的机构、政策档案的每个圆都还能容纳一家的地方；另标出须现场核实的（在坐标精度以内），并列出各区县、街道的剩余名额。拟新增机构未写明而又影响结果的，各绘一图；\
    用 --set 写明。退出码：0 已绘出；2 输入无法读取，或没有名册。
    """,
    "--kind": "机构类别（retail_pharmacy、clinic 等）。默认为 retail_pharmacy。",
    "--category": "申请的定点类别（pooled_pharmacy、inpatient 等）。可多次给出。默认为该类机构通常的类别。",
    "--set": "拟新增机构的一个字段，写法与申请相同：area=built_up、grade=primary。可多次给出。",
    "--within": "范围：GeoJSON 多边形；以区县命名的视为该区县。默认为名册各位置的凸包。",
    "gaps --format": "text、geojson 或 html；加“=文件”写入文件。可多次给出。",

    "replay": "按报告所写重新判定：逐字节相同，或列出此后的变化。",
    "replay…": """
    REPORT 是 --format json 或 jsonl 的报告。报告写明了输入、选项和决定日期；据此重新读取、判定并写出。相对路径先按当前目录，不全的按报告所在目录，或按 --in 所指的目录。来自\
    标准输入的输入，再次从标准输入读取。不同之处逐项列出：版本、政策档案和各输入的摘要，改变的结论及使其改变的规则。

    退出码：0 逐字节相同；1 有不同；2 不是 planlint 的报告，或输入缺失、无法读取。
    """,
    "--in": "报告中相对路径所依据的目录。",
    "replay --format": "text：逐行列出变化；json。",
    "<report>": "--format json 或 jsonl 的报告；`-` 为标准输入。",

    "notice": "为每个申请人写告知书，并写公示名单（中文）。",
    "notice…": """
    planlint notice --city huaibei applications.yaml --out notices 与 `check` 同样判定，为每件申请写 notice-编号.html（拟纳入、不予纳入或原则上不予纳入、需补正、需人工裁量），\
    以及不含评分、坐标和电话号码的公示名单 public-list.html。只有受理单位知道的（联系方式、期限、救济途径）留空待填；日期为决定日期。目录不存在的即建立；同名文件被替换，其他文件\
    不动；有任何一份无法写入的，目录保持原样。

    模板：--write-templates DIR 写出内置模板供修改，--template DIR 使用修改后的：notice.html、public-list.html、notice.txt、public-list.txt，可以只有其中几个。planlint \
    不认识的名称在写出之前即按其位置报错。

    退出码：0 已写出，不论结论；2 用法、输入或模板有误，未写出任何文件。
    """,
    "notice --out": "写入告知书的目录。",
    "--template": "自己的模板目录。",
    "notice --format": "html（供打印）或 text。可给出两次。",
    "--write-templates": "把内置模板写入此目录后结束。",

    "policy": "测试、核对和比较政策档案本身。",
    "policy test": "运行各政策档案的测试。",
    "policy test…": "退出码：0 全部与预期一致；1 至少一项不一致；2 政策档案或测试无法读取。",
    "policy --city": "只看这个统筹地区的政策档案。可多次给出。",
    "policy verify": "核对政策档案的每一处引文与文件原文。",
    "policy verify…": "除空白外，引文须与原文逐字相同，并位于条款所写的标题之下。退出码：0 引文、出处和摘要全部一致；1 至少一处不一致；2 政策档案或原文无法读取。",
    "--sources": "文件原文所在目录，每个统筹地区一份 <编号>.txt。",
    "policy coverage": "列出没有用到的条款和缺少测试的规则。",
    "policy coverage…":
      "加 --sources 时，也以提示列出读来像规定而没有条款引用的句子。退出码：0 全部覆盖；1 有条款未用到，或有规则缺少限额之内、之上或之外的测试；2 有内容无法读取。",
    "policy check": "查找政策档案中未用到的、恒定的、放错位置的，以及引文不能支持的内容。",
    "policy check…": """
    未用到的定义，从不适用或从不失败的规则，从不触及的豁免，并无差别的另一种取值，重叠或中断的有效期；条款的约束力与引文用词，参数的数值与引文的数值，两种语言的用语，重复的名称，\
    无效的代码。原文另有所指的，在该处说明（`answers`）。退出码：0 没有发现；1 有发现；2 有政策档案无法读取。

    --format github 或 sarif 时，路径从 git 仓库根目录起；无法读取的政策档案，其错误既在输出中，也在标准错误中。
    """,
    "policy check --format": "text：每项一行；json：供程序使用，含两种语言；github：工作流注释；sarif：供代码扫描的 SARIF 2.1.0。",
    "policy diff": "列出政策档案两个版本的不同，以及因此改变的结论。",
    "policy diff…": """
    两个文件，或 git 所知的版本，写法与 `git diff` 相同：`REV PROFILE` 把某一版本与现有文件相比，`REV..REV -- PROFILE` 和 `REV REV PROFILE` 比较两个版本，`REV:FILE` 指某一\
    版本的文件。

    位置为新版本的，删去的为旧版本的。版式、注释和字段次序不算不同。给出申请的，两个版本都不论有效期判定全部申请。退出码：0 没有不同；1 有不同；2 政策档案或输入无法读取。
    """,
    "policy diff --city": "统筹地区（政策档案涵盖多个的）。默认取申请文件所写。",
    "policy diff <old> <new> [<file>":
      "政策档案的旧版本和新版本，各为文件或 REV:FILE；或 git 的版本（可写 REV..REV）及政策档案；其后为申请（applications/1）：YAML、JSON、JSON Lines、CSV、XLSX 或 GeoJSON。",
    "policy init": "由文件原文起草统筹地区的政策档案。",
    "policy init…": """
    写出 tenant.yaml、政策档案（每个有约束力的句子为一条款，附出处；原则上、不得、应、可、优先等）、测试文件，以及列明须由人补充内容的 todo.md。各句的约束力按用词推定，并注明是\
    推定；写出规则之前一律留给人工。全部写出，或一个也不写；已有的文件不加 --force 不替换。退出码：0 或 2。
    """,
    "policy init --city": "新统筹地区的编号：小写拉丁字母、数字和连字符。",
    "policy init --name": "城市的中文名称。默认取自标题。",
    "policy init --code": "行政区划代码。",
    "policy init --years": "起止年度（2026-2030）。默认取自标题。",
    "policy init --into": "目录，不存在的即建立。默认为 policies/<编号>。",
    "policy init <document>": "文件原文，UTF-8。",

    "registry": "检查现有定点机构名册。",
    "registry check": "查找重复的行、不可能的位置和可能有误的坐标系。",
    "registry check…": """
    多个文件视为一份名册。查找：编号、信用代码、同区县的名称、位置与类别重复的；在境外、经纬度颠倒、为零，或远离同区县其他机构的位置；与所在街道不符、而换一坐标系即相符的；缺少位置、\
    坐标系或区县的；给出基础数据（--facts，或 planlint.yaml 所写）时，其中未列的区县。正常范围由各行自身得出（中位数）。不作任何更正。

    退出码：0 没有发现；1 有发现；2 文件无法读取，或有无法理解的行。
    """,
    "registry check --city": "基础数据所属的统筹地区；给出的，数据须为其自身的。",
    "registry check --facts": "年度基础数据（facts/1，或表格、工作表），用其区县。",
    "registry check --format": "text：每项一行；json。",
    "registry check <registry>": "名册：CSV、XLSX、GeoJSON、YAML 或 JSON；`-` 为标准输入。",

    "cities": "列出有政策档案的统筹地区、城市及其有效期。",
    "cities…":
      "每个统筹地区一段：可用于 --city 的编号、名称和行政区划代码；各政策档案的起止日期和文件标题；适用同一政策档案的城市。给出 --city 的只列该地区。退出码：0；没有该城市或政策档案无法读取的为 2。",

    "rules": "列出政策档案的规则，或为每条规则写一页说明。",
    "rules…": """
    未给出 --city 的为设置文件所写的统筹地区，没有写的为全部。

    `--format html=目录` 写出一组网页：一览表（index.html），以及每条规则一页，含依据、判定、读法和示例，planlint 自身的检查结果也在其中。网页不需要网络和脚本。设置文件写明该目录\
    所发布的网址（`rules_address:`）的，SARIF 和 HTML 报告指向这些网页。

    退出码：0；政策档案无法读取或网页无法写出的为 2。
    """,
    "rules --format": "`text` 供人阅读，`json` 供程序使用，含两种语言；`html=目录` 写出网页。默认为 text。",

    "explain": "说明一条规则：依据、判定、读法、参数、豁免、示例。",
    "explain…": "退出码：0；没有该规则或政策档案无法读取的为 2。",
    "<rule>": "规则的编号（HB-OUT-CAP）或名称。",

    "lsp": "通过标准输入和输出为编辑器提供语言服务（LSP）。",
    "lsp…": """
    由编辑器启动，随输入检查政策档案及其测试、统筹地区文件，以及 YAML 格式的申请、基础数据、规划、批准例外和名册，CSV 格式的申请、基础数据和名册；运行政策档案的测试；补全字段、名称、条款、词语、函数和自有字段；\
    说明光标所在处的含义；在同一统筹地区的各文件中查找和重命名；提供修改建议。VS Code、Neovim、Emacs 的设置方法见 README。

    各选项也可由编辑器在 `initializationOptions` 中给出：`lang`、`policies`、`sources`。路径从编辑器打开的第一个目录算起。退出码：0 按协议正常结束，否则为 1。
    """,
    "lsp --sources": "原文文本所在目录（`<统筹地区>.txt`），引文由此取用。",
    "lsp --lang": "提示的语言：zh 或 en。默认取自编辑器。",

    "config": "列出各项设置、取值及其来源。",
    "config…":
      "命令行优先于文件所写，文件所写优先于 planlint.yaml，其后为环境变量和内置默认值。设置文件为从 FILE 所在目录（没有文件的为当前目录）起向上的第一个。退出码：0；有文件无法读取的为 2。",
    "config --registry": "现有定点机构名册。",
    "config --waivers": "批准的例外。",
    "config --baseline": "所对照的基线。",
    "config --fail-on": "什么使退出码不为 0。",
    "config --show": "显示多少。",
    "config --format": "以何种格式列出设置：text 或 json。",
    "config <file>": "申请或规划，其中所写的也计入。",

    "convert": "把输入改写为另一格式，供 git 或其他程序使用。",
    "convert…": """
    检查可读的任何格式的申请、名册和基础数据，以及规划和批准的例外，均可改写为 YAML、JSON、JSON Lines 或 CSV：英文字段名和取值，日期如 2026-03-02，字段次序固定。程序不读的列\
    或属性保留为自定义字段（`x-…`）；表格前后的标题、合计和备注不保留，标准错误中的提示会说明，并说明何处按何种含义理解。YAML 的注释不是数据。

    写出的内容会再次读取，与原输入核对：目标格式容纳不了的即报错并指明，两者得出的结论相同。JSON Lines 和 CSV 只有行：申请文件在行之外所写的（city、facts、registry、as_of）\
    即为错误，加 --rows-only 的留给检查时的选项。工作簿的工作表写法与检查时相同（`form.xlsx#名册`）。

    退出码：0 或 2。
    """,
    "--to": "写成何种格式：yaml、json、jsonl、csv。",
    "--as": "无法看出输入是什么时写明：applications、registry、facts、plan、waivers。",
    "convert --city": "输入中自定义字段和词所属的统筹地区。默认取文件所写。",
    "convert --out": "写入此文件，整体替换。默认为标准输出。",
    "--rows-only": "目标格式只有行时，略去申请文件在行之外所写的内容。",
    "convert <file>": "输入；`-` 为标准输入。",

    "init": "写出统筹地区的政策档案所需的输入文件，附说明，待填写。",
    "init…": """
    applications.yaml、facts.yaml、registry.csv、waivers.yaml 和 plan.yaml，含该政策档案的规则所看的字段：各为何义，从何处取得，哪些规则需要。全部写出，或一个也不写；已有的\
    文件不加 --force 不替换。填写之前检查以 2 结束，并指明空白之处。退出码：0 或 2。

    --form xlsx 改为写出一个工作簿，含申请、名册、基础数据和填表说明四个工作表：中文表头、取值下拉列表、填写提示。`planlint --city ID FILE.xlsx` 可直接读取。
    """,
    "init --city": "统筹地区：编号（huaibei）、所辖城市、中文名称（淮北）或行政区划代码。",
    "init --year": "数据年度。默认为政策档案有效期的第一年。",
    "init --profile": "用于此政策档案。默认为该年度的。",
    "--force": "替换已有的文件。",
    "--form": "`files`：目录中的 YAML 和 CSV；`xlsx`：一个工作簿。默认为 files。",
    "init <dir|file>": "目录，不存在的即建立；--form xlsx 时为文件。",

    "manual": "输出手册页 planlint(1)，中文或英文。",
    "manual…": "用 planlint manual | man -l - 查看；安装包将其装为 man1/planlint.1 和 zh_CN/man1/planlint.1。",
    "manual --lang": "手册页的语言：zh 或 en。",
    "schema": "输出某类文件的 JSON Schema，供编辑器和其他检查程序使用。",
    "schema…": """
    JSON Schema（draft 2020-12），由程序自身的读取规则生成。编辑器有 YAML 语言服务的，存为文件（planlint schema facts > facts.schema.json），并以 \
    `# yaml-language-server: $schema=facts.schema.json` 作为文件首行。给出 --city 的，含该统筹地区自定义的字段和词。退出码：0；没有该类文件或统筹地区的为 2。
    """,
    "<kind>":
      "applications、facts、plan、waivers、registry、policy、policy-tests、tenant、settings、report。",
    "schema --city": "含此统筹地区自定义的字段和词：编号（huaibei）、所辖城市、中文名称（淮北）或行政区划代码。",
  ]
}
