namespace ODataEngine;

/// <summary>A limit on the number of operations at the same time, which the host provides.</summary>
public interface IConcurrencyLimit
{
    /// <summary>Starts an operation, which ends when the result is disposed; returns null if no more operations are allowed.</summary>
    IDisposable? TryEnter();
}
