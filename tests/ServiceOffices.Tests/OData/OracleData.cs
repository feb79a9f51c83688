using ServiceOffices.ODataFuzz;

namespace ServiceOffices.Tests.OData;

/// <summary>The rows that the naive evaluation looks at, and what leads where: plain records, no tables.</summary>
internal sealed class OracleData(IReadOnlyList<Sample> samples, IReadOnlyList<SampleGroup> groups)
{
    private readonly Dictionary<string, SampleGroup> groupByCode = groups.ToDictionary(group => group.Code, StringComparer.Ordinal);
    private readonly Dictionary<int, Sample> sampleById = samples.ToDictionary(sample => sample.Id);

    public IReadOnlyList<Sample> Samples { get; } = samples;

    public IReadOnlyList<SampleGroup> Groups { get; } = groups;

    public SampleGroup? GetGroup(Sample sample) => sample.GroupCode is { } code ? groupByCode.GetValueOrDefault(code) : null;

    public Sample? GetParent(Sample sample) => sample.ParentId is { } id ? sampleById.GetValueOrDefault(id) : null;

    public Sample? GetLeader(FundedGroup group) => group.LeaderId is { } id ? sampleById.GetValueOrDefault(id) : null;

    public IEnumerable<FundedGroup> GetLedGroups(Sample sample) => Groups.OfType<FundedGroup>().Where(group => group.LeaderId == sample.Id);

    public IEnumerable<Sample> GetChildren(Sample sample) => Samples.Where(other => other.ParentId == sample.Id);

    public IEnumerable<Sample> GetSamples(SampleGroup group) => Samples.Where(sample => sample.GroupCode == group.Code);
}
