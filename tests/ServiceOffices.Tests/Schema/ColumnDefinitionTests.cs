using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using ODataEngine.Formats;
using ODataEngine.Formats.Spreadsheets;
using ODataEngine.Model;
using ODataEngine.Protocol.Metadata;
using ServiceOffices.Editing.Forms;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Validation;
using ServiceOffices.Schema;
using ServiceOffices.Storage.AzureStorage;
using ServiceOffices.Storage.Rows;
using ServiceOffices.Testing.OData;
using ServiceOffices.Tests.Storage;

namespace ServiceOffices.Tests.Schema;

/// <summary>A column is defined once: stores, forms, <c>$metadata</c>, files and validation derive from the definition.</summary>
public sealed class ColumnDefinitionTests
{
    private static readonly LocalizedString Title = new("Title", "Titel");

    // One column of every kind, as a new column of an office would be defined.
    private static readonly EntityColumns<Part, Part> PartColumns = new EntityColumns<Part, Part>("Test", "Part", part => part)
        .HasString("code", part => part.Code, (part, value) => part with { Code = value }, Title, Title)
        .WithRule((validator, field, part) => validator.CheckOptionalSingleLine(field, part.Code, 3))
        .HasNumber("size", part => part.Size, (part, value) => part with { Size = value }, Title, Title);

    private static readonly EntityColumns<Thing, Thing> Columns = new EntityColumns<Thing, Thing>("Test", "Thing", thing => thing)
        .HasKeyPart("id", thing => thing.Id, Title, Title)
        .HasString("word", thing => thing.Word, (thing, value) => thing with { Word = value }, Title, Title, required: true)
        .HasString("kind", thing => thing.Kind, (thing, value) => thing with { Kind = value }, Title, Title, codes: Codes.Kind)
        .HasNumber("weight", thing => thing.Weight, (thing, value) => thing with { Weight = value }, Title, Title, unit: "kg")
        .HasBoolean("flag", thing => thing.Flag, (thing, value) => thing with { Flag = value }, Title, Title)
        .HasDate("since", thing => thing.Since, (thing, value) => thing with { Since = value }, Title, Title)
        .HasRequiredDate("on", thing => thing.On, (thing, value) => thing with { On = value }, Title, Title)
        .HasStringList("words", thing => thing.Words, (thing, value) => thing with { Words = value }, Title, Title)
        .HasObjectList("parts", thing => thing.Parts, (thing, value) => thing with { Parts = value }, PartColumns.Mapping, Title, Title, "{code, size} objects")
        .HasObject("part", thing => thing.Part, (thing, value) => thing with { Part = value }, PartColumns, new Part(null, null), Title, Title)
        .HasComputed("length", thing => thing.Word.Length, Title, Title);

    private static readonly EntityModel Model = new("Test", [new("things", Columns.Mapping.HasKey("id").Type, Title, Title, [])]);

    private static readonly Thing Full = new("a")
    {
        Word = "x", Kind = "mobile", Weight = 1.5, Flag = false, Since = new DateOnly(2026, 2, 3), On = new DateOnly(2024, 2, 29),
        Words = ["å", ""], Parts = [new Part("p", 2), new Part(null, null)], Part = new Part(null, 3),
    };

    [Fact]
    public void Column_EveryKind_RoundTripsThroughRow()
    {
        Dictionary<string, object?> row = Columns.Stored.ToDictionary(column => column.Name, column => column.GetValue(Full));
        StoredRowReader reader = new(name => row[name]);

        var read = Columns.Read(new Thing("a"), reader);

        Assert.Empty(reader.Problems);
        Assert.Equal(JsonSerializer.Serialize(Full), JsonSerializer.Serialize(read));
        Assert.Equal(
            """
            word=x kind=mobile weight=1.5 flag=False since=2026-02-03 on=2024-02-29 words=["å",""] parts=[{"code":"p","size":2},{"code":null,"size":null}] partCode= partSize=3
            """,
            string.Join(' ', row.Select(column => FormattableString.Invariant($"{column.Key}={column.Value}"))));
    }

    [Fact]
    public void Column_Missing_ReadsAsDefault()
    {
        StoredRowReader reader = new(_ => null);

        var read = Columns.Read(new Thing("a"), reader);

        Assert.Equal(["word must be a string; word is missing.", "on must be a date string, such as 2020-07-01; on is missing."], reader.Problems.Select(problem => problem.ToString()));
        Assert.Equal(JsonSerializer.Serialize(new Thing("a")), JsonSerializer.Serialize(read));
    }

    [Fact]
    public void Column_EveryKind_IsInForm()
    {
        EditForm form = new("things", Columns.All);

        Assert.Equal(
            "id! word kind weight:Number flag:Boolean since on words[] parts[] part/code part/size:Number length?",
            string.Join(' ', form.Columns.Select(column =>
                column.Name + (column.Type == StoredColumnType.String ? "" : ":" + column.Type) + (column.IsKey ? "!" : "") + (column.IsList ? "[]" : "") + (column.IsComputed ? "?" : ""))));
        Assert.Equal("partSize", form.Find("part/size")!.StoredName);
    }

    [Fact]
    public void Column_EveryKind_IsInMetadata()
    {
        var type = XDocument.Load(new MemoryStream(new MetadataDocument(Model, MetadataModels.Options).Xml401.ToArray()))
            .Descendants().Single(element => element.Attribute("Name")?.Value == "Thing");

        Assert.Equal(
            ["id", "word", "kind", "weight", "flag", "since", "on", "words", "parts", "part", "length"],
            type.Elements().Where(element => element.Name.LocalName == "Property").Select(property => property.Attribute("Name")!.Value));
    }

    [Fact]
    public async Task Column_EveryKind_IsInCsv()
    {
        var table = new TableSetBuilder(Model).Add("things", Columns.Mapping, [Full]).Build(1, DateTimeOffset.UnixEpoch)["things"];
        using MemoryStream output = new();

        await new CsvFormat().WriteAsync(RowSet.All(table), new ExportOptions("things"), output, TestContext.Current.CancellationToken);

        Assert.Equal(
            """""
            id,word,kind,weight,flag,since,on,words,parts,part/code,part/size,length
            a,x,mobile,1.5,false,2026-02-03,2024-02-29,"[""å"",""""]","[{""code"":""p"",""size"":2},{""code"":null,""size"":null}]",,3,1

            """"",
            Encoding.UTF8.GetString(output.ToArray()),
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Column_CodesDatesAndRules_AreValidated()
    {
        FieldValidator validator = new();

        Columns.Validate(validator, "", Full with { Kind = "palace", Since = new DateOnly(1, 1, 1), Part = new Part("four", null) });

        Assert.Equal(["kind", "since", "part.code"], validator.Problems.Select(problem => problem.Field));
    }

    [Fact]
    public void OfficeColumns_EveryOne_ReachesEveryDerivation()
    {
        var office = RegisterSamples.CreateEdgeCase().Office with { Address = new Address("Storgatan 1", "01234", "Umeå") };
        var entity = TableEntityMapper.ToEntity(office, new EntryCounters(1, 0));

        AssertReachesEveryDerivation(OfficeSchema.Columns, OfficeSchema.Definition.Type, EditForm.Offices);

        // No stored column of the sample is null, so that each is read and written.
        Assert.All(OfficeSchema.Columns.Stored, column => Assert.Equal(column.GetValue(office), entity[column.Name]));
        var read = OfficeSchema.Read(office.Id, new StoredRowReader(name => entity[name]));
        Assert.All(OfficeSchema.Columns.Stored, column => Assert.Equal(column.GetValue(office), column.GetValue(read)));
        Assert.Equal(JsonSerializer.Serialize(office), JsonSerializer.Serialize(read));
    }

    [Fact]
    public void EventColumns_EveryOne_ReachesEveryDerivation()
    {
        var lifecycleEvent = RegisterSamples.CreateEdgeCase().Events[0];
        var entity = TableEntityMapper.ToEntity(lifecycleEvent);

        AssertReachesEveryDerivation(EventSchema.Columns, EventSchema.Definition.Type, EditForm.Events);

        Assert.All(EventSchema.Columns.Stored, column => Assert.Equal(column.GetValue(lifecycleEvent), entity[column.Name]));
        Assert.Equal(lifecycleEvent, EventSchema.Read(lifecycleEvent.OfficeId, lifecycleEvent.Number, new StoredRowReader(name => entity[name])));
    }

    [Fact]
    public void Records_EveryProperty_HasStoredColumn()
    {
        // A property of the record without a column would be lost when it is stored.
        Assert.Equal(
            typeof(Office).GetProperties().Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)).Order(StringComparer.Ordinal),
            OfficeSchema.Columns.All.Where(column => !column.IsComputed).Select(column => column.Name.Split('/')[0]).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(
            typeof(LifecycleEvent).GetProperties().Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)).Order(StringComparer.Ordinal),
            EventSchema.Columns.All.Where(column => !column.IsComputed).Select(column => column.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["status", "lastConfirmedOn", "lastConfirmedSource", "countyCode", "location", "modifiedAt"], OfficeSchema.Columns.All.Where(column => column.IsComputed).Select(column => column.Name));
    }

    private static void AssertReachesEveryDerivation<TRow, TEntity>(EntityColumns<TRow, TEntity> columns, StructuredType type, EditForm form)
        where TRow : class
        where TEntity : class
    {
        var published = type.Properties.Where(property => !property.IsNavigation).ToArray();
        Assert.Equal(published.Select(property => property.Name), columns.All.Select(column => column.Name.Split('/')[0]).Distinct());
        Assert.Equal(type.Key.Select(property => property.Name), columns.All.Where(column => column.IsKey).Select(column => column.Name));
        Assert.All(published, property => Assert.True(property is { Title: not null, Description: not null }, property.Name));
        Assert.Equal(columns.All, form.Columns);
        Assert.Equal(columns.Stored.Select(column => column.Name), form.Columns.Select(column => column.StoredName).OfType<string>());
    }

    private sealed record Part(string? Code, double? Size);

    private sealed record Thing(string Id)
    {
        public string Word { get; init; } = "";

        public string? Kind { get; init; }

        public double? Weight { get; init; }

        public bool? Flag { get; init; }

        public DateOnly? Since { get; init; }

        public DateOnly On { get; init; }

        public IReadOnlyList<string> Words { get; init; } = [];

        public IReadOnlyList<Part> Parts { get; init; } = [];

        public Part? Part { get; init; }
    }
}
