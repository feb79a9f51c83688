using System.Diagnostics.CodeAnalysis;

namespace ServiceOffices.Editing;

/// <summary>The value of an operation that can be refused, or the problem that prevented it.</summary>
public readonly struct Result<T, TProblem>
    where T : class
    where TProblem : class
{
    private readonly T? value;
    private readonly TProblem? problem;

    private Result(T? value, TProblem? problem)
    {
        this.value = value;
        this.problem = problem;
    }

    public static implicit operator Result<T, TProblem>(T value) => new(value, null);

    public static implicit operator Result<T, TProblem>(TProblem problem) => new(null, problem);

    /// <summary>Gets the value, or returns false and gets the problem.</summary>
    public bool TryGetValue([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out TProblem? problem)
    {
        (value, problem) = (this.value, this.problem);
        return value is not null;
    }
}
