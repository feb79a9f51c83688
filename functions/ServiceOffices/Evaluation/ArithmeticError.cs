using ServiceOffices.Queries;

namespace ServiceOffices.Evaluation;

/// <summary>What arithmetic cannot answer.</summary>
internal static class ArithmeticErrors
{
    /// <summary>A request that divides by zero fails (OData 4.01 Part 2, 5.1.1.2.5 and 5.1.1.2.6).</summary>
    public static ODataRequestException DivisionByZero() => new(400, "DivisionByZero",
        "A division by zero: the right operand of div and mod must not be 0 in any row that it is evaluated for. Test it first, as in case(b eq 0:null,true:a div b).");
}
