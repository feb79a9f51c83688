using ServiceOffices.Tables;

namespace ServiceOffices.ODataFuzz;

/// <summary>
/// A model made to be hard: sets <c>samples</c> and <c>groups</c> with every kind of column, nested and repeated values
/// and navigation both ways. It has nothing to do with the platform's own.
/// </summary>
public static class SampleModel
{
    public const string Namespace = "Sampling";

    /// <summary>The enumeration of a group's state.</summary>
    public static EnumType State { get; } = new(Namespace + ".State", [("Planned", 0), ("Open", 1), ("Closed", 2)]);

    private static readonly Text None = new("", "");

    private static readonly RowType<ExactOrigin> ExactOriginType = new RowType<ExactOrigin>(Namespace, "ExactOrigin")
        .Value("point", o => o.Point, None, None)
        .Value("error", o => o.Error, None, None);

    private static readonly RowType<Origin> OriginType = new RowType<Origin>(Namespace, "Origin")
        .Value("country", o => o.Country, None, None)
        .Value("rank", o => o.Rank, None, None)
        .Derived(ExactOriginType);

    private static readonly RowType<Details> DetailsType = new RowType<Details>(Namespace, "Details")
        .Value("note", d => d.Note, None, None)
        .Value("fixed", d => d.Fixed, None, None)
        .Value("count", d => d.Count, None, None)
        .Value("total", d => d.Total, None, None)
        .Value("weight", d => d.Weight, None, None)
        .Value("cost", d => d.Cost, None, None)
        .Value("since", d => d.Since, None, None)
        .Value("seen", d => d.Seen, None, None)
        .Complex("origin", d => d.Origin, OriginType, None, None)
        .Values("labels", d => d.Labels, None, None);

    private static readonly RowType<Part> PartType = new RowType<Part>(Namespace, "Part")
        .Value("label", p => p.Label, None, None)
        .Value("amount", p => p.Amount, None, None)
        .Value("since", p => p.Since, None, None)
        .Value("count", p => p.Count, None, None);

    private static readonly RowType<Sample> SampleType = new RowType<Sample>(Namespace, "Sample")
        .Key("id")
        .Value("id", s => s.Id, None, None)
        .Value("name", s => s.Name, None, None)
        .Value("text", s => s.Text, None, None, required: true)
        .Value("flag", s => s.Flag, None, None)
        .Value("tiny", s => s.Tiny, None, None)
        .Value("level", s => s.Level, None, None)
        .Value("small", s => s.Small, None, None)
        .Value("whole", s => s.Whole, None, None)
        .Value("big", s => s.Big, None, None)
        .Value("share", s => s.Share, None, None)
        .Value("size", s => s.Size, None, None)
        .Value("price", s => s.Price, None, None)
        .Value("token", s => s.Token, None, None)
        .Value("on", s => s.On, None, None)
        .Value("opens", s => s.Opens, None, None)
        .Value("changed", s => s.Changed, None, None)
        .Value("lasts", s => s.Lasts, None, None)
        .Value("place", s => s.Place, None, None)
        .Values("tags", s => s.Tags, None, None)
        .Complex("details", s => s.Details, DetailsType, None, None)
        .Parts("parts", s => s.Parts, PartType, None, None)
        .Value("groupCode", s => s.GroupCode, None, None)
        .Value("parentId", s => s.ParentId, None, None)
        .ToOne("group", "groups", () => GroupType!.Type, s => s.GroupCode, None, None, partner: "samples")
        .ToOne("parent", "samples", () => SampleType!.Type, s => s.ParentId, None, None, partner: "children")
        .ToMany("children", "samples", () => SampleType!.Type, "parent", None, None)
        .ToMany("leads", "groups", () => FundedGroupType!.Type, "leader", None, None);

    private static readonly RowType<FundedGroup> FundedGroupType = new RowType<FundedGroup>(Namespace, "FundedGroup")
        .Value("sum", g => g.Sum, None, None)
        .Value("reference", g => g.Reference, None, None)
        .Value("term", g => g.Term, None, None)
        .Value("leaderId", g => g.LeaderId, None, None)
        .ToOne("leader", "samples", () => SampleType.Type, g => g.LeaderId, None, None, partner: "leads");

    private static readonly RowType<SampleGroup> GroupType = new RowType<SampleGroup>(Namespace, "Group")
        .Key("code")
        .Value("code", g => g.Code, None, None, required: true)
        .Value("name", g => g.Name, None, None)
        .Value("active", g => g.Active, None, None)
        .Value("capacity", g => g.Capacity, None, None)
        .Value("budget", g => g.Budget, None, None)
        .Value("opened", g => g.Opened, None, None)
        .Value("location", g => g.Location, None, None)
        .Member("state", State, g => g.State, None, None)
        .ToMany("samples", "samples", () => SampleType.Type, "group", None, None)
        .Derived(FundedGroupType);

    public static EntityModel Model { get; } = new(Namespace,
    [
        new EntitySet("samples", SampleType.Type, None, None, ["name", "text", "tags", "group/name"]),
        new EntitySet("groups", GroupType.Type, None, None, ["name"]),
    ]);

    public static TableSet Tables(IReadOnlyList<Sample> samples, IReadOnlyList<SampleGroup> groups, long revision, DateTimeOffset? modified = null) =>
        new TableSetBuilder(Model)
            .Add("samples", SampleType, samples)
            .Add("groups", GroupType, groups)
            .Build(revision, modified ?? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
}
