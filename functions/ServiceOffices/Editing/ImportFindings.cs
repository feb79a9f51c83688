namespace ServiceOffices.Editing;

/// <summary>What was found in a document, in its order. Of very much, the first is kept: a file where every row is wrong must not fill the memory.</summary>
internal sealed class ImportProblemList
{
    /// <summary>docs/limits.md.</summary>
    public const int MaxListed = 10_000;

    private readonly List<ImportProblem> listed = [];

    public IReadOnlyList<ImportProblem> Listed => listed;

    /// <summary>How many there are, listed or not.</summary>
    public int Count { get; private set; }

    public void Add(ImportProblem problem)
    {
        Count++;
        if (listed.Count < MaxListed)
        {
            listed.Add(problem);
        }
    }

    public void AddRange(IEnumerable<ImportProblem> problems)
    {
        foreach (var problem in problems)
        {
            Add(problem);
        }
    }
}
