using ODataEngine.Model;

namespace ServiceOffices.ODataFuzz;

/// <summary>
/// A model with sets <c>samples</c> and <c>groups</c> that have every kind of column, nested and repeated values and navigation
/// in both directions. It is independent of the register.
/// </summary>
public static class SampleModel
{
    public const string Namespace = "Sampling";

    /// <summary>The enumeration of a group's state.</summary>
    public static EnumType State { get; } = new(Namespace + ".State", [("Planned", 0), ("Open", 1), ("Closed", 2)]);

    private static readonly LocalizedString None = new("", "");

    private static readonly TypeMapping<ExactOrigin> ExactOriginType = new TypeMapping<ExactOrigin>(Namespace, "ExactOrigin")
        .HasProperty("point", o => o.Point, None, None)
        .HasProperty("error", o => o.Error, None, None);

    private static readonly TypeMapping<Origin> OriginType = new TypeMapping<Origin>(Namespace, "Origin")
        .HasProperty("country", o => o.Country, None, None)
        .HasProperty("rank", o => o.Rank, None, None)
        .HasDerivedType(ExactOriginType);

    private static readonly TypeMapping<Details> DetailsType = new TypeMapping<Details>(Namespace, "Details")
        .HasProperty("note", d => d.Note, None, None)
        .HasProperty("fixed", d => d.Fixed, None, None)
        .HasProperty("count", d => d.Count, None, None)
        .HasProperty("total", d => d.Total, None, None)
        .HasProperty("weight", d => d.Weight, None, None)
        .HasProperty("cost", d => d.Cost, None, None)
        .HasProperty("since", d => d.Since, None, None)
        .HasProperty("seen", d => d.Seen, None, None)
        .HasComplexProperty("origin", d => d.Origin, OriginType, None, None)
        .HasStringCollection("labels", d => d.Labels, None, None);

    private static readonly TypeMapping<Part> PartType = new TypeMapping<Part>(Namespace, "Part")
        .HasProperty("label", p => p.Label, None, None)
        .HasProperty("amount", p => p.Amount, None, None)
        .HasProperty("since", p => p.Since, None, None)
        .HasProperty("count", p => p.Count, None, None);

    private static readonly TypeMapping<Sample> SampleType = new TypeMapping<Sample>(Namespace, "Sample")
        .HasKey("id")
        .HasProperty("id", s => s.Id, None, None)
        .HasProperty("name", s => s.Name, None, None)
        .HasProperty("text", s => s.Text, None, None, required: true)
        .HasProperty("flag", s => s.Flag, None, None)
        .HasProperty("tiny", s => s.Tiny, None, None)
        .HasProperty("level", s => s.Level, None, None)
        .HasProperty("small", s => s.Small, None, None)
        .HasProperty("whole", s => s.Whole, None, None)
        .HasProperty("big", s => s.Big, None, None)
        .HasProperty("share", s => s.Share, None, None)
        .HasProperty("size", s => s.Size, None, None)
        .HasProperty("price", s => s.Price, None, None)
        .HasProperty("token", s => s.Token, None, None)
        .HasProperty("on", s => s.On, None, None)
        .HasProperty("opens", s => s.Opens, None, None)
        .HasProperty("changed", s => s.Changed, None, None)
        .HasProperty("lasts", s => s.Lasts, None, None)
        .HasProperty("place", s => s.Place, None, None)
        .HasStringCollection("tags", s => s.Tags, None, None)
        .HasComplexProperty("details", s => s.Details, DetailsType, None, None)
        .HasComplexCollection("parts", s => s.Parts, PartType, None, None)
        .HasProperty("groupCode", s => s.GroupCode, None, None)
        .HasProperty("parentId", s => s.ParentId, None, None)
        .HasOne("group", "groups", () => GroupType!.Type, s => s.GroupCode, None, None, partner: "samples")
        .HasOne("parent", "samples", () => SampleType!.Type, s => s.ParentId, None, None, partner: "children")
        .HasMany("children", "samples", () => SampleType!.Type, "parent", None, None)
        .HasMany("leads", "groups", () => FundedGroupType!.Type, "leader", None, None);

    private static readonly TypeMapping<FundedGroup> FundedGroupType = new TypeMapping<FundedGroup>(Namespace, "FundedGroup")
        .HasProperty("sum", g => g.Sum, None, None)
        .HasProperty("reference", g => g.Reference, None, None)
        .HasProperty("term", g => g.Term, None, None)
        .HasProperty("leaderId", g => g.LeaderId, None, None)
        .HasOne("leader", "samples", () => SampleType.Type, g => g.LeaderId, None, None, partner: "leads");

    private static readonly TypeMapping<SampleGroup> GroupType = new TypeMapping<SampleGroup>(Namespace, "Group")
        .HasKey("code")
        .HasProperty("code", g => g.Code, None, None, required: true)
        .HasProperty("name", g => g.Name, None, None)
        .HasProperty("active", g => g.Active, None, None)
        .HasProperty("capacity", g => g.Capacity, None, None)
        .HasProperty("budget", g => g.Budget, None, None)
        .HasProperty("opened", g => g.Opened, None, None)
        .HasProperty("location", g => g.Location, None, None)
        .HasEnumProperty("state", State, g => g.State, None, None)
        .HasMany("samples", "samples", () => SampleType.Type, "group", None, None)
        .HasDerivedType(FundedGroupType);

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
