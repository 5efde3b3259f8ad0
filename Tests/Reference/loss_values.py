"""Prints the losses and gradients that TensorLossTests compares with.

Run with PyTorch 2.15, MONAI 1.6.1 and nnunetv2 2.8.1:  python Tests/Reference/loss_values.py
Each library computes its own loss of the same logits; nnU-Net leaves out the 1 of "1 − Dice".
"""

import torch
from monai.losses import DiceCELoss
from nnunetv2.training.loss.compound_losses import DC_and_CE_loss
from nnunetv2.training.loss.dice import MemoryEfficientSoftDiceLoss

torch.set_default_dtype(torch.float64)


def batch():
    logits = (torch.sin(torch.arange(144) * 0.37) * 2).reshape(2, 3, 2, 3, 4).requires_grad_()
    classes = (torch.arange(48) * 7 % 5 % 3).reshape(2, 1, 2, 3, 4)
    return logits, classes


def monai(joined):
    return DiceCELoss(include_background=False, to_onehot_y=True, softmax=True, batch=joined,
                      smooth_nr=1e-5, smooth_dr=1e-5)


def nnunet(joined):
    dice = {"batch_dice": joined, "smooth": 1e-5, "do_bg": False, "ddp": False}
    return DC_and_CE_loss(dice, {}, weight_ce=1, weight_dice=1,
                          dice_class=MemoryEfficientSoftDiceLoss)


for name, make in (("monai", monai), ("nnunet", nnunet)):
    for joined in (False, True):
        logits, classes = batch()
        loss = make(joined)(logits, classes)
        loss.backward()
        probe = (logits.grad.flatten() * torch.cos(torch.arange(144) * 0.1)).sum()
        print(name, "batch" if joined else "patch", loss.item(), logits.grad.flatten()[0].item(),
              logits.grad.norm().item(), probe.item())
